/** A name that explains itself: underlined with dots, its definition on hover, focus or touch. */
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type DefinitionName, definitions } from '../words/shell.ts';

/** The name of a definition, or the words themselves: those of a page that is loaded when it is opened. */
export type Meaning = DefinitionName | { readonly means: string };

export function Definition({ of, children }: { of: Meaning; children: ReactNode }) {
  return (
    <Tooltip
      label={typeof of === 'string' ? definitions[of] : of.means}
      multiline
      w={300}
      withArrow
      openDelay={250}
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className="definition">
        {children}
      </button>
    </Tooltip>
  );
}
