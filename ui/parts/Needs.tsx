/** A button or link that takes a permission: who lacks it sees it disabled, with the reason on hover, focus and touch. */
import { type ReactElement, type ReactNode, useId } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { useMay } from '../data/useMay.ts';
import { NeededReason } from './NeededReason.tsx';

interface Props {
  /** By default what changes something takes. */
  permission?: Permission;
  children: ReactElement<{ className?: string; children?: ReactNode; 'aria-label'?: string }>;
}

export function Needs({ permission = 'operate', children }: Props) {
  const id = useId();
  if (useMay(permission)) return children;
  const { className, children: content, 'aria-label': label } = children.props;
  return (
    <NeededReason permission={permission} id={id}>
      {/* Not `disabled`: a keyboard must reach the reason. */}
      <button
        type="button"
        className={className}
        aria-disabled="true"
        aria-label={label}
        aria-describedby={id}
      >
        {content}
      </button>
    </NeededReason>
  );
}
