/** A button or link that takes a permission: who lacks it sees it disabled, with the reason on hover, focus and touch. */
import { type ReactElement, type ReactNode, useId } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { NeededReason } from './NeededReason.tsx';
import { useNeeded } from './useNeeded.ts';

interface Props {
  /** By default what changes something takes. */
  permission?: Permission;
  /** It concerns all places: whoever is confined to some may not. */
  everywhere?: boolean;
  children: ReactElement<{ className?: string; children?: ReactNode; 'aria-label'?: string }>;
}

export function Needs({ permission = 'operate', everywhere = false, children }: Props) {
  const id = useId();
  const reason = useNeeded(permission, everywhere);
  if (reason === undefined) return children;
  const { className, children: content, 'aria-label': label } = children.props;
  return (
    <NeededReason reason={reason} id={id}>
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
