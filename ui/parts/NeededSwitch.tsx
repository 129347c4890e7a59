/** A switch that takes a permission, with the reason when the reader lacks it. */
import { Tooltip } from '@mantine/core';
import { useId } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { useMay } from '../data/useMay.ts';
import { rights } from './rightsWords.ts';

interface Props {
  isOn: boolean;
  label: string;
  /** Beside it, for those who see it. */
  word?: string;
  /** Whether what it belongs to cannot be changed at present, whoever asks. */
  isFixed?: boolean;
  permission?: Permission;
  onTurn(isOn: boolean): void;
}

export function NeededSwitch(props: Props) {
  const { isOn, label, word, isFixed = false, permission = 'operate', onTurn } = props;
  const id = useId();
  const isAllowed = useMay(permission);
  const reason = rights[permission];
  const shown = (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        {...(isAllowed ? {} : { 'aria-disabled': true, 'aria-describedby': id })}
        checked={isOn}
        disabled={isFixed}
        onChange={() => {
          if (isAllowed) onTurn(!isOn);
        }}
      />
      {word !== undefined && <span aria-hidden="true">{word}</span>}
    </label>
  );
  if (isAllowed) return shown;
  return (
    <>
      <Tooltip
        label={reason}
        multiline
        w={240}
        withArrow
        events={{ hover: true, focus: true, touch: true }}
      >
        {shown}
      </Tooltip>
      <span id={id} hidden>
        {reason}
      </span>
    </>
  );
}
