/** How far the column is from its reference, day by day. */
import { useCallback, useMemo } from 'react';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { driftCourse, driftCourseHeight, driftCourseTable } from '../charts/driftCourse.ts';
import type { TimeLayer } from '../charts/timeLayer.ts';
import { useView } from '../data/useView.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { EmptyRange } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/drift.ts';
import type { useDetailBefore } from './useDetailBefore.ts';

/** What was measured; not its limits. */
const comparedColumns = [1, 4, 5];

interface Props {
  detail: DriftDetail;
  before: ReturnType<typeof useDetailBefore>;
}

export function CourseSection({ detail, before }: Props) {
  const { change } = useView();
  const isText = detail.column.kind === 'text';
  const table = useCallback((given: DriftDetail) => driftCourseTable(given), []);
  const context = useMemo(
    () => ({ isText, reference: detail.reference.days, day: detail.day }),
    [isText, detail],
  );
  const option = useCallback(
    (rows: ChartTable, look: ChartLook, layer?: TimeLayer) =>
      driftCourse(rows, look, context, layer),
    [context],
  );
  return (
    <Section title={words.course}>
      <Chart
        title={words.courseTitle}
        text={words.courseText}
        definition={{ means: words.courseMeans }}
        data={detail}
        tableOf={table}
        option={option}
        layered
        before={before && { ...before, data: before.detail, columns: comparedColumns }}
        heightPx={driftCourseHeight(isText)}
        onOpen={(row) => change({ day: detail.column.days[row]?.day })}
        empty={<EmptyRange />}
      />
      <HappenedList />
    </Section>
  );
}
