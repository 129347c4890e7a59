/** The catalogue: what is looked for, how each rule is judged, what became of its cards, and what is promised about false ones. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InsightKindsAnswer, InsightsAnswer } from '../../contracts/insightApi.ts';
import { formatCount } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { words as common, kinds as words } from '../words/recommendations.ts';
import { kindName } from './kindName.ts';
import { insightKindsQuery } from './queries.ts';
import { promiseWords, recordWords } from './recordWords.ts';

type Kind = InsightKindsAnswer['kinds'][number];

const columns: readonly Column<Kind>[] = [
  {
    label: words.kind,
    head: true,
    cell: ({ kind, summary }) => (
      <span className="long-cell">
        {kindName(kind)}
        <span className="cell-detail">{summary}</span>
      </span>
    ),
  },
  { label: words.area, minor: true, cell: ({ area }) => common.areas[area] },
  { label: words.judged, cell: ({ test }) => <span className="long-cell muted">{test}</span> },
  {
    label: words.record,
    cell: (kind) => (
      <span className="long-cell record-cell">
        {recordWords(kind)}
        {kind.useful + kind.notUseful > 0 && (
          <span className="cell-detail">
            {words.useful(formatCount(kind.useful), formatCount(kind.notUseful))}
          </span>
        )}
      </span>
    ),
  },
];

export function KindsSection({ looked }: { looked: InsightsAnswer['looked'] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={words.title} text={promiseWords(looked)}>
      <details
        className="card flush kinds"
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>{words.show}</summary>
        {isOpen && <Catalogue />}
      </details>
    </Section>
  );
}

function Catalogue() {
  const answer = useQuery(insightKindsQuery);
  if (answer.data === undefined) return <Waiting answers={[answer]} height={240} />;
  return (
    <DataTable
      label={words.title}
      columns={columns}
      rows={answer.data.kinds}
      keyOf={({ kind }) => kind}
    />
  );
}
