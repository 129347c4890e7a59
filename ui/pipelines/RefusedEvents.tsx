/** Refused events: why, how many, and the last of them as they came. */

import { useQuery } from '@tanstack/react-query';
import type { RefusalsAnswer } from '../../contracts/api.ts';
import { refusalsQuery } from '../data/queries.ts';
import { formatCount, formatShare, formatWhole } from '../format/numbers.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { pipelines, refusals } from '../words/pipelines.ts';
import { messages } from '../words/shell.ts';

const words = refusals;

export function RefusedEvents() {
  const refusals = useQuery(refusalsQuery);
  return (
    <Section title={pipelines.refusals} text={pipelines.refusalsText}>
      {refusals.data === undefined ? (
        <Waiting answers={[refusals]} height={180} />
      ) : (
        <Refusals refusals={refusals.data} />
      )}
    </Section>
  );
}

function Refusals({ refusals }: { refusals: RefusalsAnswer }) {
  const now = useNow();
  const { total, reasons, latest } = refusals;
  if (total === 0) {
    return (
      <div className="card">
        <Empty title={messages.empty.noRefusals} />
      </div>
    );
  }
  const reasonColumns: Column<RefusalsAnswer['reasons'][number]>[] = [
    {
      label: words.reason,
      head: true,
      cell: ({ code, means }) => (
        <>
          {means}
          <code className="cell-detail">{code}</code>
        </>
      ),
    },
    { label: words.count, number: true, cell: ({ count }) => formatCount(count) },
    { label: words.share, number: true, cell: ({ count }) => formatShare(count / total) },
    { label: words.example, minor: true, cell: ({ lastReason }) => lastReason },
    {
      label: words.when,
      number: true,
      cell: ({ lastAt }) => <span title={formatInstant(lastAt)}>{formatAgo(lastAt, now)}</span>,
    },
  ];
  const latestColumns: Column<RefusalsAnswer['latest'][number]>[] = [
    {
      label: words.where,
      head: true,
      cell: ({ partition, offset }) => (
        <span className="nowrap">{words.position(partition, formatWhole(offset))}</span>
      ),
    },
    {
      label: words.when,
      cell: ({ receivedAt }) => (
        <span className="nowrap" title={formatInstant(receivedAt)}>
          {formatAgo(receivedAt, now)}
        </span>
      ),
    },
    { label: words.example, cell: ({ reason }) => reason },
    { label: words.preview, cell: ({ preview }) => <code className="preview">{preview}</code> },
  ];
  return (
    <>
      <div className="card flush">
        <DataTable
          label={pipelines.refusals}
          columns={reasonColumns}
          rows={reasons}
          keyOf={({ code }) => code}
        />
      </div>
      {latest.length > 0 && (
        <div className="card flush">
          <h3 className="card-title">{pipelines.latest}</h3>
          <DataTable
            label={pipelines.latest}
            columns={latestColumns}
            rows={latest.slice(0, 12)}
            keyOf={({ partition, offset }) => `${partition}/${offset}`}
          />
        </div>
      )}
    </>
  );
}
