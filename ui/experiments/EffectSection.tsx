/** The effect over time with its interval and evidence, what happened meanwhile, and the arms behind it. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ExperimentCourse, ExperimentDetail } from '../../contracts/experimentApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { courseHeight, courseTable, effectCourse } from '../charts/effectCourse.ts';
import type { TimeLayer } from '../charts/timeLayer.ts';
import { windowOf } from '../data/range.ts';
import { useView } from '../data/useView.ts';
import { Empty, EmptyRange } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { definitions, notes, roleWords, effect as words } from '../words/experiments.ts';
import { messages } from '../words/shell.ts';
import { ArmsTable } from './ArmsTable.tsx';
import { type Chosen, nameOfMetric, nameOfVariant } from './chosen.ts';
import { Happenings } from './Happenings.tsx';
import { courseQuery } from './queries.ts';

interface SectionProps {
  detail: ExperimentDetail;
  /** What is looked at; absent while there is no result. */
  chosen: Chosen | undefined;
}

/** Before there is a result: what happened alone. It stays what it is when the first one comes, a half-written note included. */
export function EffectSection({ detail, chosen }: SectionProps) {
  const frame =
    chosen === undefined
      ? { title: notes.title }
      : {
          title: words.title,
          text: words.text(nameOfVariant(detail, detail.experiment.control)),
          tools: <Choices detail={detail} chosen={chosen} />,
        };
  return (
    <Section {...frame}>
      {chosen !== undefined && <Course detail={detail} chosen={chosen} />}
      <Happenings detail={detail} charted={chosen !== undefined} />
      {chosen !== undefined && <ArmsTable detail={detail} metric={chosen.metric} />}
    </Section>
  );
}

interface Props {
  detail: ExperimentDetail;
  chosen: Chosen;
}

function Course({ detail, chosen }: Props) {
  const { experiment } = detail;
  const { search } = useView();
  const { metric, variant, minimumEffect, name } = chosen;
  const answer = useQuery(courseQuery(experiment.key, metric.metric, variant));
  // While another course is on its way the last one is kept: it is not shown under a wrong name.
  const course =
    answer.data?.metric === metric.metric && answer.data.variant === variant
      ? answer.data
      : undefined;
  const points = useMemo(() => shownOf(course?.points, search), [course, search]);
  const { kind } = metric;
  const threshold = course?.threshold ?? Math.log(1 / experiment.alpha);
  const tableOf = useCallback(
    (data: ExperimentCourse['points']) => courseTable(data, { kind }),
    [kind],
  );
  const option = useCallback(
    (table: ChartTable, look: ChartLook, layer?: TimeLayer) =>
      effectCourse(table, look, { kind, minimumEffect, threshold }, layer),
    [kind, minimumEffect, threshold],
  );
  const title = words.chartTitle(name, nameOfVariant(detail, variant));
  if (answer.isError && course === undefined) {
    return (
      <div className="card">
        <Problem error={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  }
  return (
    <Chart
      title={title}
      text={roleWords[metric.role]}
      definition={{ means: definitions.course }}
      data={points}
      tableOf={tableOf}
      option={option}
      layered
      uncompared={words.uncompared}
      cursorSeries={2}
      heightPx={courseHeight}
      empty={
        course !== undefined && course.points.length > 0 ? (
          <EmptyRange />
        ) : (
          <Empty title={words.noCourse}>
            <p className="muted">{words.noCourseText}</p>
          </Empty>
        )
      }
    />
  );
}

function Choices({ detail, chosen }: Props) {
  const { experiment, metrics, result } = detail;
  const { search, change } = useView();
  const treated = experiment.variants.filter(({ key }) => key !== experiment.control);
  return (
    <div className="section-tools">
      <NativeSelect
        size="xs"
        label={words.metric}
        data={(result?.metrics ?? []).map(({ metric }) => ({
          value: metric,
          label: nameOfMetric(metrics, metric),
        }))}
        value={chosen.metric.metric}
        onChange={(event) => change({ metric: event.currentTarget.value })}
      />
      {treated.length > 1 && (
        <NativeSelect
          size="xs"
          label={words.variant}
          data={treated.map(({ key, name }) => ({ value: key, label: name }))}
          value={chosen.variant}
          onChange={(event) => change({ variant: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        size="xs"
        label={words.shown}
        data={[
          { value: 'start', label: words.sinceStart },
          { value: 'range', label: words.inRange(messages.ranges[search.range]) },
        ]}
        value={search.course}
        onChange={(event) =>
          change({ course: event.currentTarget.value === 'range' ? 'range' : 'start' })
        }
      />
    </div>
  );
}

/** The points since the start, or those within the range that all pages share. */
function shownOf(
  points: ExperimentCourse['points'] | undefined,
  search: Parameters<typeof windowOf>[0] & { readonly course: 'start' | 'range' },
): ExperimentCourse['points'] | undefined {
  const [first, last] = [points?.[0], points?.at(-1)];
  if (points === undefined || first === undefined || last === undefined) return points;
  if (search.course === 'start') return points;
  const { from, to } = windowOf(search, { from: first.at, to: last.at + 1 });
  return points.filter(({ at }) => at >= from && at < to);
}
