/** Values in the reference and on one day, and for numbers their quantiles by day. */
import { useCallback, useMemo } from 'react';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { Behind } from '../behind/Behind.tsx';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { quantileCourse, quantileHeight, quantileTable } from '../charts/quantileCourse.ts';
import { shareBars, shareBarsHeight, shareParts, shareTable } from '../charts/shareBars.ts';
import { formatWhole } from '../format/numbers.ts';
import { formatDate } from '../format/times.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/drift.ts';
import { UnseenCard } from './UnseenCard.tsx';
import { useBehindColumn } from './useBehindColumn.ts';
import type { useDetailBefore } from './useDetailBefore.ts';

/** The median. */
const comparedColumns = [1];

interface Props {
  detail: DriftDetail;
  before: ReturnType<typeof useDetailBefore>;
}

export function SpreadSection({ detail, before }: Props) {
  const { column, day, quantiles } = detail;
  const isText = column.kind === 'text';
  const quantileOption = useCallback(
    (rows: ChartTable, look: ChartLook) => quantileCourse(rows, look, quantiles?.p50 ?? null),
    [quantiles],
  );
  const height = shareBarsHeight(shareTable(detail));
  const nothing = (
    <Empty title={words.none}>
      <p className="muted">{words.noneText}</p>
    </Empty>
  );
  const behind = useBehindColumn(detail);
  const rows = column.days.find((each) => each.day === day)?.rows ?? 0;
  const told = words.rowsOf(formatWhole(rows));
  const parts = useMemo(() => shareParts(detail), [detail]);
  return (
    <Section
      title={words.spread(formatDate(day, 'UTC'))}
      tools={
        rows > 0 && (
          <Behind asked={behind.day(day)} what={told}>
            {told}
          </Behind>
        )
      }
    >
      <div className="halves drift-halves">
        <Chart
          title={words.shares}
          definition={{ means: isText ? words.valuesMeans : words.densityMeans }}
          data={detail}
          tableOf={shareTable}
          option={shareBars}
          {...(parts.some((part) => behind.part(part) !== undefined) && {
            behind: (row: number) => behind.part(parts[row]),
          })}
          heightPx={height}
          empty={nothing}
        />
        {isText ? (
          <UnseenCard detail={detail} />
        ) : (
          <Chart
            title={words.quantiles}
            text={words.quantilesText}
            definition={{ means: words.quantilesMeans }}
            data={detail.course}
            tableOf={quantileTable}
            option={quantileOption}
            before={
              before && {
                ...before,
                data: before.detail?.course,
                columns: comparedColumns,
              }
            }
            // The line is drawn over its band.
            cursorSeries={2}
            heightPx={quantileHeight}
            empty={nothing}
          />
        )}
      </div>
    </Section>
  );
}
