/** How long would an experiment take? Asked before there is one; the whole plan stands in the address. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { PlanAnswer } from '../../../contracts/experimentApi.ts';
import { Chart } from '../../charts/Chart.tsx';
import type { ChartLook } from '../../charts/chartLook.ts';
import type { ChartTable } from '../../charts/chartTable.ts';
import { powerCurve, powerHeight, powerTable } from '../../charts/powerCurve.ts';
import { keepView, type PlanSearch } from '../../data/search.ts';
import { useView } from '../../data/useView.ts';
import { Refusal } from '../../definitions/Refusal.tsx';
import { formatDays, formatSize } from '../../format/effects.ts';
import type { Judgement } from '../../format/judgements.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Headline } from '../../parts/Headline.tsx';
import '../../definitions/definitions.css';
import '../../definitions/form.css';
import { plan as words } from '../../words/experimentForm.ts';
import { words as common, definitions, fieldName } from '../../words/experiments.ts';
import { figuresQuery, planQuery } from '../queries.ts';
import { handOver } from './handOver.ts';
import { PlanInputs } from './PlanInputs.tsx';
import { inputOf, type PlanInput, queryOf } from './planInput.ts';

/** Without a change for so long, the plan is computed, ms. */
const planAfterMs = 250;

export function PlanPage() {
  const { search, change } = useView();
  const { metric = '', unit = 'user' } = search.plan ?? {};
  const known = useQuery({ ...figuresQuery(metric, unit), enabled: metric !== '' });
  const figures = known.data?.figures ?? undefined;
  const input = useMemo(() => inputOf(search.plan, figures), [search.plan, figures]);
  const [settled] = useDebouncedValue(input, planAfterMs);
  const query = useMemo(() => queryOf(settled), [settled]);
  const answer = useQuery({
    ...planQuery(query ?? { kind: 'binary', mean: 0.5, minimumEffect: 0.1, unitsPerDay: 1 }),
    enabled: query !== undefined,
  });
  const planned = query === undefined ? undefined : answer.data;
  const { kind, effect } = settled;
  const [days80, days90] = [planned?.days80 ?? null, planned?.days90 ?? null];
  const tableOf = useCallback((curve: PlanAnswer['curve']) => powerTable(curve, { kind }), [kind]);
  const option = useCallback(
    (table: ChartTable, look: ChartLook) =>
      powerCurve(table, look, { kind, minimumEffect: effect, days80, days90 }),
    [kind, effect, days80, days90],
  );
  const summary = sentenceOf(settled, planned);
  const alter = (part: Partial<PlanSearch>) => change({ plan: { ...search.plan, ...part } });
  return (
    <>
      <Headline
        page={
          <Link to="/experiments" search={keepView}>
            {common.eyebrow}
          </Link>
        }
        tone={summary.tone}
      >
        {summary.word}
      </Headline>
      <div className="plan-columns">
        <div className="form-parts">
          <PlanInputs key={figures?.experiment} input={input} change={alter} />
          {figures !== undefined && <p className="muted">{words.from(figures.experiment)}</p>}
        </div>
        <div className="form-parts">
          {answer.isError && <Refusal error={answer.error} nameOf={fieldName} />}
          <Figures input={settled} planned={planned} />
          <Chart
            title={words.chart}
            definition={{ means: definitions.power }}
            data={query === undefined ? noCurve : planned?.curve}
            tableOf={tableOf}
            option={option}
            heightPx={powerHeight}
            empty={<Empty title={words.noCurve} />}
          />
          <HandOver
            input={input}
            draft={search.plan?.draft}
            groups={planned?.plannedClusters ?? null}
          />
        </div>
      </div>
    </>
  );
}

const noCurve: PlanAnswer['curve'] = [];

function sentenceOf({ kind, effect, days }: PlanInput, planned: PlanAnswer | undefined): Judgement {
  if (planned === undefined) return { tone: 'none', word: words.waiting };
  const size = formatSize(kind, effect);
  return planned.days80 === null
    ? { tone: 'attention', word: words.never(size, formatDays(days)) }
    : { tone: 'good', word: words.sentence(size, formatDays(planned.days80), formatShare(0.8)) };
}

function Figures({ input, planned }: { input: PlanInput; planned: PlanAnswer | undefined }) {
  if (planned === undefined) return null;
  const days = (value: number | null) =>
    value === null ? words.more(formatDays(input.days)) : formatDays(value);
  return (
    <dl className="card facts four">
      {(
        [
          [words.days80, days(planned.days80)],
          [words.days90, days(planned.days90)],
          [words.daysExpected, days(planned.daysExpected)],
          [words.units80, planned.units80 === null ? words.none : formatCount(planned.units80)],
          ...(planned.plannedClusters === null
            ? []
            : ([[words.plannedClusters, formatCount(planned.plannedClusters)]] as const)),
          ...(planned.designEffect === null
            ? []
            : ([[words.designEffect, words.times(planned.designEffect.toFixed(1))]] as const)),
        ] as const
      ).map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="fact-figure">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}

interface HandOverProps {
  input: PlanInput;
  draft: string | undefined;
  /** Planned; null where units are assigned one by one. */
  groups: number | null;
}

function HandOver({ input, draft, groups }: HandOverProps) {
  const navigate = useNavigate();
  const id = draft ?? 'new';
  const [key = ''] = id.split('@');
  const isEdit = id.includes('@');
  const copied = id.startsWith('new:') ? id.slice('new:'.length) : undefined;
  return (
    <p>
      <button
        type="button"
        className="button primary"
        onClick={() => {
          handOver(id, input, groups);
          void (isEdit
            ? navigate({ to: '/experiments/$key/edit', params: { key }, search: keepView })
            : navigate({
                to: '/experiments/new',
                search: (search) => ({ ...keepView(search), copy: copied }),
              }));
        }}
      >
        {draft === undefined ? words.create : words.take}
      </button>
    </p>
  );
}
