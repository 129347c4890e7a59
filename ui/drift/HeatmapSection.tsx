/** The grid of columns and days, in one of two orders, with its legend. */
import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { DriftAnswer } from '../../contracts/driftApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import {
  driftHeatmap,
  type HeatmapContext,
  heatmapContext,
  heatmapHeight,
  heatmapTable,
} from '../charts/driftHeatmap.ts';
import { useLayerOver } from '../charts/useLayer.ts';
import { useLook } from '../charts/useLook.ts';
import { useView } from '../data/useView.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { EmptyRange } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { list, heatmap as words } from '../words/drift.ts';
import { HeatmapLegend } from './HeatmapLegend.tsx';
import { ordered } from './ordered.ts';
import { isShort } from './queries.ts';
import { withDay } from './withDay.ts';

const dayMs = 86_400_000;

export function HeatmapSection({ answer }: { answer: DriftAnswer }) {
  const { search, change } = useView();
  const navigate = useNavigate();
  const { compact } = useLook();
  const isRaw = search.drift === 'raw';
  const context = useMemo(
    () => heatmapContext(answer, ordered(answer.columns, isRaw), !isRaw),
    [answer, isRaw],
  );
  const { days } = answer;
  const layer = useLayerOver(
    days.length === 0 ? undefined : { from: days[0]!, to: days.at(-1)! + dayMs },
  );
  const tableOf = useCallback(
    (given: HeatmapContext) =>
      given.days.length === 0 ? { columns: [], rows: [] } : heatmapTable(given),
    [],
  );
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => driftHeatmap(table, look, context, layer),
    [context, layer],
  );
  const isMeasured = answer.columns.some(({ importance }) => importance !== null);
  const note = isRaw ? words.rawText : isMeasured ? words.byImportance : words.byDrift;
  const across = answer.days.length;
  return (
    <Section
      title={list.section}
      tools={
        <SegmentedControl
          aria-label={words.order}
          size="xs"
          data={[
            { value: 'matters', label: words.matters },
            { value: 'raw', label: words.raw },
          ]}
          value={isRaw ? 'raw' : 'matters'}
          onChange={(value) => change({ drift: value === 'raw' ? 'raw' : undefined })}
        />
      }
    >
      <Chart
        title={words.title}
        text={`${words.text}${isShort(search) ? words.shortRange : ''}`}
        definition={{ means: words.definition }}
        data={context}
        tableOf={tableOf}
        option={option}
        uncompared={words.uncompared}
        heightPx={heatmapHeight(context, compact, true)}
        across={across}
        renderer="canvas"
        onOpen={(row) => {
          const column = context.columns[Math.floor(row / across)];
          const day = answer.days[row % across];
          if (column === undefined) return;
          void navigate({
            to: '/drift/$column',
            params: { column: column.column },
            search: withDay(day),
          });
        }}
        empty={<EmptyRange />}
      />
      <HappenedList />
      <HeatmapLegend columns={context.columns} isWeighted={!isRaw} />
      <p className="muted drift-note">
        {note} {answer.more > 0 && words.more(answer.more)}
      </p>
    </Section>
  );
}
