/** In the place of a page or a part of one that takes a permission which the reader has not. */
import type { Permission } from '../../contracts/access.ts';
import { rights } from '../words/rights.ts';
import { Empty } from './Empty.tsx';
import { Headline } from './Headline.tsx';

interface Props {
  permission: Permission;
  /** In the place of a page: of the list that it would be in. */
  page?: string;
}

export function NotAllowed({ permission, page }: Props) {
  return (
    <>
      {page !== undefined && (
        <Headline page={page} tone="none">
          {`${rights.title}.`}
        </Headline>
      )}
      <div className="card">
        <Empty title={rights.title}>
          <p className="muted">{rights[permission]}</p>
        </Empty>
      </div>
    </>
  );
}
