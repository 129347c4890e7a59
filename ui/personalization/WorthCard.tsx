/** What the policy, its control and chance earn for each decision, and how far the first two are apart. */
import type { PolicyDetail, PolicyReport, Worth } from '../../contracts/policyApi.ts';
import { formatBetween, formatEstimate } from '../format/effects.ts';
import { formatCount } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Definition } from '../parts/Definition.tsx';
import { IntervalBar } from '../parts/IntervalBar.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { definitions, worthCard as words } from '../words/personalization.ts';
import { controlWords } from './moves.ts';
import { scaleOf, WorthBar } from './WorthBar.tsx';
import { effectOf, formatWorth, judgeDifference } from './worth.ts';

interface Row {
  readonly name: string;
  readonly note: string;
  readonly worth: Worth;
}

interface Props {
  detail: PolicyDetail;
  report: PolicyReport;
}

export function WorthCard({ detail: { policy }, report }: Props) {
  const { worth, uniform } = report;
  const { difference } = worth;
  const rows: Row[] = [
    { name: words.policy, note: words.policyNote, worth: worth.policy },
    {
      name: words.control,
      note: words.controlNote(controlWords(policy, policy.control)),
      worth: worth.control,
    },
    { name: words.uniform, note: words.uniformNote, worth: uniform },
  ];
  const scale = scaleOf(rows.map((row) => row.worth));
  const columns: Column<Row>[] = [
    {
      label: words.who,
      head: true,
      cell: ({ name, note }) => (
        <span className="wide-cell">
          {name}
          <span className="cell-detail">{note}</span>
        </span>
      ),
    },
    {
      label: words.decisions,
      number: true,
      minor: true,
      cell: ({ worth: { decisions } }) => formatCount(decisions),
    },
    {
      label: words.earned,
      definition: { means: definitions.earned },
      cell: (row) => (
        <>
          <span className="nowrap">{formatWorth(row.worth)}</span>
          <WorthBar worth={row.worth} {...scale} mark={worth.control.mean} />
        </>
      ),
    },
  ];
  const judged = judgeDifference(difference);
  const effect = effectOf(difference);
  const reach = Math.max(Math.abs(effect.low ?? 0), Math.abs(effect.high ?? 0));
  return (
    <div className="card flush">
      <h2 className="card-title">{words.title}</h2>
      <DataTable label={words.title} columns={columns} rows={rows} keyOf={({ name }) => name} />
      <div className="difference">
        <div>
          <p className="field-label">
            <Definition of={{ means: definitions.difference }}>{words.difference}</Definition>
          </p>
          {difference.mean === null ? (
            <p className="muted">{policy.holdout === 0 ? words.nobodyHeld : words.unknown}</p>
          ) : (
            <p>
              <b>{formatEstimate('continuous', effect)}</b>{' '}
              <span className="muted">{formatBetween('continuous', effect)}</span>
            </p>
          )}
        </div>
        <IntervalBar effect={effect} reach={reach} />
        <StateWord tone={judged.tone}>{judged.word}</StateWord>
      </div>
    </div>
  );
}
