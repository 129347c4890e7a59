/** How it went: the readings of the key with the band in which they usually lie, and what else happened meanwhile. */
import { useCallback } from 'react';
import type { WatchSource } from '../../contracts/watch.ts';
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { alertCourse, alertCourseHeight, alertTable } from '../charts/alertCourse.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import type { BehindSearch } from '../data/search.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/anomalies.ts';
import { numbered } from './numbered.ts';

type Course = AlertDetail['course'];

/** Room for what is said instead of a chart. */
const emptyPx = 96;

/** The readings are the last: what is expected lies beneath them. */
const cursorSeries = { plain: 0, expected: 3 };

export function CourseSection({ detail }: { detail: AlertDetail }) {
  const { alert, course, watch } = detail;
  const source = watch?.definition.source;
  const { since, resolvedAt } = alert;
  const table = useCallback((readings: Course) => alertTable(readings), []);
  const option = useCallback(
    (readings: ChartTable, look: ChartLook) =>
      alertCourse(readings, look, {
        ...(isLimited(course) ? { title: words.limitTitle } : {}),
        alerts: [{ since, resolvedAt }],
        flags: numbered({ alert, course }).map(({ at }, i) => ({ at, label: String(i + 1) })),
      }),
    [alert, course, since, resolvedAt],
  );
  const isExpected = course.some(({ expected }) => expected !== null);
  return (
    <Section title={words.course}>
      <Chart
        title={words.readings}
        text={isLimited(course) ? words.courseTextLimit : words.courseText}
        definition={{ means: words.courseMeans }}
        data={course}
        tableOf={table}
        option={option}
        {...(source?.kind === 'metric' && {
          behind: (row: number) => behindReading(source, alert.key, course[row]),
        })}
        uncompared={words.uncompared}
        cursorSeries={isExpected ? cursorSeries.expected : cursorSeries.plain}
        heightPx={course.length === 0 ? emptyPx : alertCourseHeight()}
        empty={
          <Empty title={words.noCourse}>
            <p className="muted">{words.noCourseText}</p>
          </Empty>
        }
      />
    </Section>
  );
}

type MetricSource = Extract<WatchSource, { kind: 'metric' }>;

/** The events of a reading's bucket; of a statistic and of findings they are not known. */
function behindReading(
  { pipeline, metric, by }: MetricSource,
  [segment]: readonly string[],
  reading: Course[number] | undefined,
): BehindSearch | undefined {
  if (reading === undefined) return undefined;
  const of = by === 'segment' ? { segment } : {};
  return { of: 'metric', pipeline, metric, ...of, from: reading.start, to: reading.end };
}

/** Whether nothing is expected, but a limit is set. */
function isLimited(course: Course): boolean {
  return (
    course.every(({ expected }) => expected === null) &&
    course.some(({ lower, upper }) => lower !== null || upper !== null)
  );
}
