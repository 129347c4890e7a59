/** A switch that takes a permission, with the reason when the reader lacks it. */
import { useId } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { useMay } from '../data/useMay.ts';
import { NeededReason } from './NeededReason.tsx';

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
    <NeededReason permission={permission} id={id}>
      {shown}
    </NeededReason>
  );
}
