/** Around what a reader may not use: the reason, on hover, focus and touch, and for those who hear it. */
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

interface Props {
  reason: string;
  /** That what is inside is described by. */
  id: string;
  children: ReactElement;
}

export function NeededReason({ reason, id, children }: Props) {
  return (
    <>
      <Tooltip
        label={reason}
        multiline
        w={240}
        withArrow
        events={{ hover: true, focus: true, touch: true }}
      >
        {children}
      </Tooltip>
      <span id={id} hidden>
        {reason}
      </span>
    </>
  );
}
