/** In the place of a page or a part of one that takes a permission which the reader has not. */
import type { Permission } from '../../contracts/access.ts';
import { rights } from '../words/rights.ts';
import { Empty } from './Empty.tsx';

export function NotAllowed({ permission }: { permission: Permission }) {
  return (
    <div className="card">
      <Empty title={rights.title}>
        <p className="muted">{rights[permission]}</p>
      </Empty>
    </div>
  );
}
