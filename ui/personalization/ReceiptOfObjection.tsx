/** The receipt of an objection: from when on it holds, what was removed, and what follows from it. */
import type { ObjectionReceipt } from '../../contracts/objectionApi.ts';
import { formatWhole } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { erasure, objection as words } from '../words/person.ts';
import { ReceiptFoot } from './ReceiptFoot.tsx';

const tableNames: Readonly<Record<string, string>> = erasure.tables;

export function ReceiptOfObjection({ receipt }: { receipt: ObjectionReceipt }) {
  const { user, at, record, removed, consequences, isHeard } = receipt;
  return (
    <section className="card stack receipt" aria-label={words.receipt}>
      <h3>{words.receipt}</h3>
      <p>{words.from(formatInstant(at))}</p>
      {isHeard === false && <p className="notice attention">{words.notHeard}</p>}
      {removed.length > 0 && (
        <p>
          {erasure.removed}:{' '}
          {removed
            .map(({ table, rows }) => `${tableNames[table] ?? table} ${formatWhole(rows)}`)
            .join(', ')}
        </p>
      )}
      <ul className="consequences">
        {consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <ReceiptFoot receipt={receipt} name={`objection ${user}`} record={record} />
    </section>
  );
}
