/** What a rule has seen, as a small picture with its table: a course over time, or bars. */
import { useCallback } from 'react';
import type { Evidence } from '../../contracts/insight.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import {
  type BarsEvidence,
  barsEvidence,
  barsEvidenceHeight,
  barsEvidenceTable,
  type CourseEvidence,
  courseEvidence,
  courseEvidenceHeight,
  courseEvidenceTable,
} from '../charts/insightEvidence.ts';
import { cut } from '../format/cut.ts';
import { NumberedList } from '../parts/NumberedList.tsx';
import { card as words } from '../words/recommendations.ts';

/** Letters of its title. */
const captionMax = 160;
/** More moments than this are folded away. */
const unfoldedMax = 2;

const definition = { means: words.evidenceMeans };

export function EvidenceChart({ evidence }: { evidence: Evidence | null }) {
  if (evidence === null) return <p className="muted recommendation-none">{words.noEvidence}</p>;
  return evidence.kind === 'course' ? <Course evidence={evidence} /> : <Bars evidence={evidence} />;
}

function Course({ evidence }: { evidence: CourseEvidence }) {
  const { caption } = evidence;
  const marks = evidence.marks.toSorted((a, b) => a.at - b.at);
  const option = useCallback(
    (table: ChartTable, look: ChartLook) =>
      courseEvidence(table, look, {
        ...evidence,
        marks: evidence.marks.toSorted((a, b) => a.at - b.at),
      }),
    [evidence],
  );
  return (
    <div className="stack">
      <Chart
        title={cut(caption, captionMax)}
        definition={definition}
        data={evidence}
        tableOf={courseEvidenceTable}
        option={option}
        heightPx={courseEvidenceHeight(evidence)}
        empty={null}
      />
      {marks.length > 0 && (
        <NumberedList
          summary={words.marks}
          happened={marks.map(({ at, name }) => ({ at, sentence: cut(name, captionMax) }))}
          unfoldedMax={unfoldedMax}
        />
      )}
    </div>
  );
}

function Bars({ evidence }: { evidence: BarsEvidence }) {
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => barsEvidence(table, look, evidence),
    [evidence],
  );
  return (
    <Chart
      title={cut(evidence.caption, captionMax)}
      definition={definition}
      data={evidence}
      tableOf={barsEvidenceTable}
      option={option}
      heightPx={barsEvidenceHeight(evidence)}
      empty={null}
    />
  );
}
