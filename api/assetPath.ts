/** Where files that are not code lie: beside their source, also when the compiled code runs. */
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const rootPath = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url),
);
