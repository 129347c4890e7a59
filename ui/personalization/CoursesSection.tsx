/** Who gets what, and what each action earns, over time; with the stages and changes that fell into it. */
import { useCallback, useMemo } from 'react';
import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { policyCourse, policyCourseHeight, policyTable } from '../charts/policyCourse.ts';
import { shareCourse, shareTable } from '../charts/shareCourse.ts';
import { worthCourse, worthHeight, worthTable } from '../charts/worthCourse.ts';
import { formatInstant } from '../format/times.ts';
import { EmptyRange } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { coursesOf } from './courses.ts';
import { happeningsOf } from './happenings.ts';
import { definitions, courses as words } from './words.ts';

interface Props {
  detail: PolicyDetail;
  report: PolicyReport | undefined;
}

/** Room that is kept while the report is on its way. */
const usualActions = 4;

export function CoursesSection({ detail, report }: Props) {
  const courses = useMemo(() => (report === undefined ? undefined : coursesOf(report)), [report]);
  const own = useMemo(() => courses?.filter(({ key }) => key !== ''), [courses]);
  const happenings = useMemo(() => happeningsOf(detail, words.inStage), [detail]);
  const flags = useMemo(
    () => happenings.map(({ at }, i) => ({ at, label: String(i + 1) })),
    [happenings],
  );
  const heightPx = worthHeight(own?.length ?? usualActions);
  const control = report?.worth.control.mean ?? null;
  const share = useCallback(
    (table: ChartTable, look: ChartLook) =>
      shareCourse(table, look, { courses: courses ?? [], flags, heightPx }),
    [courses, flags, heightPx],
  );
  const worth = useCallback(
    (table: ChartTable, look: ChartLook) =>
      worthCourse(table, look, { courses: own ?? [], flags, control }),
    [own, flags, control],
  );
  const policy = useCallback(
    (table: ChartTable, look: ChartLook) => policyCourse(table, look, { flags }),
    [flags],
  );
  const isControlKnown = report?.course.some((point) => point.control.mean !== null) ?? true;
  return (
    <Section title={words.title} text={words.text}>
      <div className="policy-course">
        <Chart
          title={words.policy}
          {...(isControlKnown ? {} : { text: words.controlUnknown })}
          definition={{ means: definitions.course }}
          data={report?.course}
          tableOf={policyTable}
          option={policy}
          cursorSeries={2}
          heightPx={policyCourseHeight}
          empty={<EmptyRange />}
        />
      </div>
      <div className="halves">
        <Chart
          title={words.share}
          definition={{ means: definitions.share }}
          data={courses}
          tableOf={shareTable}
          option={share}
          heightPx={heightPx}
          empty={<EmptyRange />}
        />
        <Chart
          title={words.worth}
          definition={{ means: definitions.worth }}
          data={own}
          tableOf={worthTable}
          option={worth}
          cursorSeries={2}
          heightPx={heightPx}
          empty={<EmptyRange />}
        />
      </div>
      {happenings.length > 0 && (
        <ol className="happenings" aria-label={words.happenings}>
          {happenings.map(({ at, sentence }, i) => (
            <li key={`${at} ${sentence}`}>
              <span className="flag" aria-hidden="true">
                {i + 1}
              </span>
              <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
              <span>{sentence}</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
