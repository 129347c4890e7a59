/** A name that explains itself: underlined with dots, its definition on hover, focus or touch. */
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type DefinitionName, definitions } from '../messages.ts';

export function Definition({ of, children }: { of: DefinitionName; children: ReactNode }) {
  return (
    <Tooltip
      label={definitions[of]}
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
