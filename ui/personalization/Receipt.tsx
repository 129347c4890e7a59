/** The receipt of an erasure: what was removed, who had learnt from it, and what stays and why. */
import { useEffect, useRef } from 'react';
import type { ErasureReceipt } from '../../contracts/userApi.ts';
import { formatWhole } from '../format/numbers.ts';
import { erasure as words } from '../words/person.ts';
import { ReceiptFoot } from './ReceiptFoot.tsx';

const tableNames: Readonly<Record<string, string>> = words.tables;

export function Receipt({ receipt }: { receipt: ErasureReceipt }) {
  const { user, erasure, removed, learntFrom, kept, isForgotten, isFinal } = receipt;
  const box = useRef<HTMLElement>(null);
  // Where the dialog was, nothing is left to stand on.
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} tabIndex={-1} className="card stack receipt" aria-label={words.receipt}>
      <h3>{words.done(user)}</h3>
      <p className={isForgotten && isFinal ? undefined : 'notice attention'}>
        {forgottenWords(isForgotten, isFinal)}
      </p>
      <div className="halves">
        <div>
          <p className="field-label">{words.removed}</p>
          <ul className="consequences">
            {removed.map(({ table, rows }) => (
              <li key={table}>
                {tableNames[table] ?? table}: <b>{formatWhole(rows)}</b>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <p className="field-label">{words.learntFrom}</p>
          {learntFrom.length === 0 ? (
            <p>{words.nobodyLearnt}</p>
          ) : (
            <ul className="consequences">
              {learntFrom.map(({ what, events }) => (
                <li key={what}>{words.learnt(what, formatWhole(events))}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <div>
        <p className="field-label">{words.kept}</p>
        <ul className="consequences">
          {kept.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <ReceiptFoot receipt={receipt} name={`erasure ${user}`} record={erasure} />
    </section>
  );
}

function forgottenWords(isForgotten: boolean, isFinal: boolean): string {
  if (!isForgotten) return words.notYetForgotten;
  return isFinal ? words.forgotten : words.notYetFinal;
}
