/** All words of the dashboard stand in `ui/words`: no component has any of its own. */
import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
