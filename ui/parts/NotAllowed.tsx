/** In the place of a page or a part of one that takes a permission which the reader has not. */
import type { Permission } from '../../contracts/access.ts';
import { messages } from '../messages.ts';
import { Empty } from './Empty.tsx';

export function NotAllowed({ permission }: { permission: Permission }) {
  return (
    <div className="card">
      <Empty title={messages.rights.title}>
        <p className="muted">{messages.rights[permission]}</p>
      </Empty>
    </div>
  );
}
