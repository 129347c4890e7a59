/** How well it does over time: what is expected, what came true, how many labels have come, and what happened meanwhile. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
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
import type { FigureName } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { messages } from '../messages.ts';
import { Empty } from '../parts/Empty.tsx';
import { NumberedList } from '../parts/NumberedList.tsx';
import { Section } from '../parts/Section.tsx';
import { type CoursePoint, coursePoints } from './coursePoints.ts';
import { figureLooks, figuresOf } from './figures.ts';
import { happenedOf } from './happened.ts';
import { happeningsBetween } from './queries.ts';
import { servedWindows } from './servedWindows.ts';
import { detail, figureTexts, figureWords, course as words } from './words.ts';

interface Props {
  performance: ModelPerformance;
  figure: FigureName;
  /** Of the engine's own models. */
  life: ModelLife | undefined;
}

/** More are folded away. */
const unfoldedMax = 4;

export function CourseSection({ performance, figure, life }: Props) {
  const { course, windowMs } = performance;
  const points = useMemo(() => coursePoints(performance, figure), [performance, figure]);
  const from = course[0]?.start ?? performance.from;
  const to = course.at(-1)?.end ?? performance.to;
  const happenings = useQuery(happeningsBetween({ from, to }));
  const happened = useMemo(
    () => happenedOf(happenings.data?.happenings ?? [], { from, to }),
    [happenings.data, from, to],
  );
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
    (of: ChartTable, look: ChartLook) =>
      performanceCourse(of, look, {
        ...{ figure, kind, better, windowMs, traffic },
        flags: happened.flags.map(({ at }, i) => ({ at, label: String(i + 1) })),
        spans: happened.days.map(({ at, until, sentence }) => ({
          ...{ from: at, to: until, label: sentence, color: look.muted },
        })),
      }),
    [figure, kind, better, windowMs, happened, traffic],
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
        heightPx={performanceHeight(traffic !== undefined)}
        empty={<NoWindow />}
      />
      {happened.flags.length > 0 && (
        <NumberedList
          summary={words.happened(happened.flags.length)}
          happened={happened.flags.map(({ at, sentence }) => ({ at, sentence }))}
          unfoldedMax={unfoldedMax}
        />
      )}
    </Section>
  );
}

function Choices({ performance, figure }: Omit<Props, 'life'>) {
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
