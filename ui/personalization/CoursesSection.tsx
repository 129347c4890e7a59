/** Who gets what, and what each action earns, over time; with the stages and changes that fell into it. */
import { useCallback, useMemo } from 'react';
import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { policyCourse, policyCourseHeight, policyTable } from '../charts/policyCourse.ts';
import { shareCourse, shareTable } from '../charts/shareCourse.ts';
import type { TimeLayer } from '../charts/timeLayer.ts';
import { worthCourse, worthHeight, worthTable } from '../charts/worthCourse.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { useOwnHappenings } from '../happenings/HappeningsProvider.tsx';
import { EmptyRange } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { definitions, courses as words } from '../words/personalization.ts';
import { coursesOf } from './courses.ts';
import { happeningsOf } from './happenings.ts';

interface Props {
  detail: PolicyDetail;
  report: PolicyReport | undefined;
  /** Of the range before, while the reader compares. */
  before: { readonly report: PolicyReport | undefined; readonly shiftMs: number } | undefined;
}

/** What the policy earns. */
const comparedColumns = [1];

/** Room that is kept while the report is on its way. */
const usualActions = 4;

export function CoursesSection({ detail, report, before }: Props) {
  const courses = useMemo(() => (report === undefined ? undefined : coursesOf(report)), [report]);
  const own = useMemo(() => courses?.filter(({ key }) => key !== ''), [courses]);
  const happened = useMemo(
    () =>
      ({
        happenings: happeningsOf(detail, words.inStage),
        kind: 'policy',
        subject: detail.policy.key,
      }) as const,
    [detail],
  );
  useOwnHappenings(happened);
  const heightPx = worthHeight(own?.length ?? usualActions);
  const control = report?.worth.control.mean ?? null;
  const share = useCallback(
    (table: ChartTable, look: ChartLook, layer?: TimeLayer) =>
      shareCourse(table, look, { courses: courses ?? [], heightPx }, layer),
    [courses, heightPx],
  );
  const worth = useCallback(
    (table: ChartTable, look: ChartLook, layer?: TimeLayer) =>
      worthCourse(table, look, { courses: own ?? [], control }, layer),
    [own, control],
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
          option={policyCourse}
          layered
          before={
            before && {
              data: before.report?.course,
              shiftMs: before.shiftMs,
              columns: comparedColumns,
            }
          }
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
          layered
          uncompared={words.uncompared}
          heightPx={heightPx}
          empty={<EmptyRange />}
        />
        <Chart
          title={words.worth}
          definition={{ means: definitions.worth }}
          data={own}
          tableOf={worthTable}
          option={worth}
          layered
          uncompared={words.uncompared}
          cursorSeries={2}
          heightPx={heightPx}
          empty={<EmptyRange />}
        />
      </div>
      <HappenedList />
    </Section>
  );
}
