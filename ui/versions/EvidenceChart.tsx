/** How the evidence of a release came together. */
import { useCallback } from 'react';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { releaseCourse, releaseHeight, releaseTable } from '../charts/releaseCourse.ts';
import { release as words } from '../words/versions.ts';
import type { Evident } from './evidence.ts';

interface Props {
  steps: readonly Evident[];
  gainMin: number;
}

export function EvidenceChart({ steps, gainMin }: Props) {
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => releaseCourse(table, look, gainMin),
    [gainMin],
  );
  return (
    <Chart
      title={words.course}
      text={words.courseText}
      definition={{ means: words.pairedMeans }}
      data={steps}
      tableOf={releaseTable}
      option={option}
      // Behind the band's two lines.
      cursorSeries={2}
      heightPx={releaseHeight(releaseTable(steps), gainMin)}
      empty={null}
    />
  );
}
