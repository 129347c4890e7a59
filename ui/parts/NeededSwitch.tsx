/** A switch that takes a permission, with the reason when the reader lacks it. */
import { useId } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { NeededReason } from './NeededReason.tsx';
import { useNeeded } from './useNeeded.ts';

interface Props {
  isOn: boolean;
  label: string;
  /** Beside it, for those who see it. */
  word?: string;
  /** Whether what it belongs to cannot be changed at present, whoever asks. */
  isFixed?: boolean;
  permission?: Permission;
  /** It concerns all places: whoever is confined to some may not turn it. */
  everywhere?: boolean;
  onTurn(isOn: boolean): void;
}

export function NeededSwitch(props: Props) {
  const { isOn, label, word, isFixed = false, onTurn } = props;
  const { permission = 'operate', everywhere = false } = props;
  const id = useId();
  const reason = useNeeded(permission, everywhere);
  const isAllowed = reason === undefined;
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
    <NeededReason reason={reason} id={id}>
      {shown}
    </NeededReason>
  );
}
