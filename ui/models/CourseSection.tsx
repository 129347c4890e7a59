/** How well it does over time: what is expected, what came true, how many labels have come, and what happened meanwhile. */
import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import {
  performanceCourse,
  performanceHeight,
  performanceTable,
} from '../charts/performanceCourse.ts';
import type { TimeLayer } from '../charts/timeLayer.ts';
import type { FigureName } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { detail, figureTexts, figureWords, course as words } from '../words/models.ts';
import { messages } from '../words/shell.ts';
import { type CoursePoint, coursePoints } from './coursePoints.ts';
import { figureLooks, figuresOf } from './figures.ts';
import { servedWindows } from './servedWindows.ts';
import type { usePerformanceBefore } from './usePerformance.ts';

/** What came true. */
const comparedColumns = [4];

interface Props {
  performance: ModelPerformance;
  figure: FigureName;
  /** Of the engine's own models. */
  life: ModelLife | undefined;
  /** As many windows before, while the reader compares. */
  before: ReturnType<typeof usePerformanceBefore>;
}

export function CourseSection({ performance, figure, life, before }: Props) {
  const { course, windowMs } = performance;
  const points = useMemo(() => coursePoints(performance, figure), [performance, figure]);
  const { kind, better } = figureLooks[figure];
  const spans = life?.served;
  // As old as the windows that are shown: it moves with them.
  const served = useMemo(
    () => (spans === undefined ? undefined : servedWindows(spans, course, Date.now())),
    [spans, course],
  );
  const traffic = served?.isWide === true ? served.traffic : undefined;
  const table = useCallback(
    (of: CoursePoint[]) => performanceTable(of, kind, served),
    [kind, served],
  );
  const option = useCallback(
    (of: ChartTable, look: ChartLook, layer?: TimeLayer) =>
      performanceCourse(of, look, { figure, kind, better, windowMs, traffic }, layer),
    [figure, kind, better, windowMs, traffic],
  );
  const earlier = before?.performance;
  const pointsBefore = useMemo(
    () => (earlier === undefined ? undefined : coursePoints(earlier, figure)),
    [earlier, figure],
  );
  const isEstimated = points.some(({ expected }) => expected !== null);
  return (
    <Section title={words.title} tools={<Choices performance={performance} figure={figure} />}>
      <Chart
        title={words.chart(figureWords[figure])}
        text={isEstimated ? words.text : words.textPlain}
        definition={{ means: `${figureTexts[figure]} ${words.means}` }}
        data={points}
        tableOf={table}
        option={option}
        layered
        before={before && { ...before, data: pointsBefore, columns: comparedColumns }}
        heightPx={performanceHeight(traffic !== undefined)}
        empty={<NoWindow />}
      />
      <HappenedList />
    </Section>
  );
}

function Choices({ performance, figure }: Pick<Props, 'performance' | 'figure'>) {
  const { search, change } = useView();
  return (
    <div className="section-tools">
      <NativeSelect
        size="xs"
        label={words.figure}
        data={figuresOf(performance.kind).map((value) => ({ value, label: figureWords[value] }))}
        value={figure}
        onChange={({ currentTarget }) => change({ figure: currentTarget.value as FigureName })}
      />
      <NativeSelect
        size="xs"
        label={words.shown}
        data={[
          { value: 'start', label: words.newest },
          { value: 'range', label: words.inRange(messages.ranges[search.range]) },
        ]}
        value={search.course}
        onChange={({ currentTarget }) =>
          change({ course: currentTarget.value === 'range' ? 'range' : 'start' })
        }
      />
    </div>
  );
}

function NoWindow() {
  const { change } = useView();
  return (
    <Empty title={detail.noPrediction}>
      <p className="muted">{detail.noPredictionText}</p>
      <button type="button" className="text-button" onClick={() => change({ course: 'start' })}>
        {detail.showNewest}
      </button>
    </Empty>
  );
}
