/** The row of key figures. */
import { useQueries, useQuery } from '@tanstack/react-query';
import type { Health, ModelDetail } from '../../contracts/api.ts';
import { epochsQuery, pipelinesQuery } from '../data/queries.ts';
import { useView } from '../data/useView.ts';
import { aucInterval } from '../format/aucInterval.ts';
import { judgeAuc, judgeCalibration, judgeRefused } from '../format/judgements.ts';
import {
  formatChange,
  formatCount,
  formatRate,
  formatRatio,
  formatShare,
  missing,
} from '../format/numbers.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { messages } from '../messages.ts';
import { Tile } from '../parts/Tile.tsx';
import { courseOf } from './course.ts';

const words = messages.tiles;

interface Props {
  health: Health | undefined;
  /** The engine was asked how it is and did not say. */
  unanswered: boolean;
  model: ModelDetail | undefined;
  /** No model is known, as opposed to not yet loaded. */
  modelless: boolean;
}

export function Tiles({ health, unanswered, model, modelless }: Props) {
  return (
    <ul className="tiles" aria-label={words.label}>
      <FlowTiles />
      <ModelTiles model={model} modelless={modelless} />
      <Tile
        name={words.health}
        definition="health"
        figure={
          health !== undefined ? messages.states[health.state] : unanswered ? missing : undefined
        }
        judgement={{
          tone: health?.state ?? 'none',
          word: health === undefined ? messages.states.unknown : checksWord(health),
        }}
        note={worstCheck(health)}
      />
    </ul>
  );
}

function checksWord({ checks }: Health): string {
  const good = checks.filter(({ state }) => state === 'good').length;
  return words.checks(good, checks.length);
}

/** The first check that is not good explains the state. */
function worstCheck(health: Health | undefined): string {
  const bad = health?.checks.find(({ state }) => state === 'bad');
  const worst = bad ?? health?.checks.find(({ state }) => state === 'attention');
  return worst === undefined ? '' : `${worst.name}: ${worst.detail}`;
}

function FlowTiles() {
  const { search } = useView();
  const { tick, phase } = useLive().state;
  const lost = phase === 'lost';
  const pipelines = useQuery(pipelinesQuery);
  const epochs = useQueries({
    queries: (pipelines.data?.pipelines ?? []).map(({ name }) => epochsQuery(name, search)),
    combine: (results) => ({
      pending: results.some(({ isPending }) => isPending),
      failed: results.some(({ isError }) => isError),
      series: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
    }),
  });
  const course = courseOf(epochs.series);
  const rate = tick?.eventsPerSecond;
  const usual = course.eventsPerSecond;
  const seen = course.events + course.refused;
  const share = seen === 0 ? null : course.refused / seen;
  const unknown = pipelines.isError || (epochs.failed && epochs.series.length === 0);
  const loading = pipelines.isPending || epochs.pending;
  return (
    <>
      <Tile
        name={words.eventsPerSecond}
        definition="eventsPerSecond"
        figure={rate !== undefined ? formatCount(rate) : lost ? missing : undefined}
        judgement={
          rate === undefined
            ? { tone: 'none', word: lost ? messages.states.unknown : messages.states.none }
            : rate > 0
              ? { tone: 'good', word: words.flowing }
              : { tone: 'none', word: words.still }
        }
        note={
          rate !== undefined && usual !== null
            ? `${formatChange(rate - usual, formatRate)} ${words.versusUsual}`
            : ''
        }
        course={course.rates}
      />
      <Tile
        name={words.eventsInRange}
        definition="eventsInRange"
        figure={loading ? undefined : unknown ? missing : formatCount(course.events)}
        judgement={{
          tone: judgeRefused(share),
          word:
            share === null
              ? unknown
                ? messages.states.unknown
                : messages.states.none
              : share === 0
                ? words.noneRefused
                : words.refusedShare(formatShare(share)),
        }}
        note={messages.ranges[search.range]}
        course={course.counts}
      />
    </>
  );
}

function ModelTiles({ model, modelless }: Pick<Props, 'model' | 'modelless'>) {
  const overall = model?.overall;
  const recent = model?.recent;
  const interval = overall === undefined ? undefined : aucInterval(overall);
  const auc = overall?.auc ?? null;
  const error = overall?.calibrationError ?? null;
  const pending = model === undefined && !modelless;
  const change = (
    now: number | null | undefined,
    before: number | null,
    format: typeof formatRatio,
  ) =>
    now === null || now === undefined || before === null
      ? ''
      : `${formatChange(now - before, format)} ${words.recentVersusAll}`;
  return (
    <>
      <Tile
        name={words.auc}
        definition="aucOverall"
        figure={pending ? undefined : formatRatio(auc)}
        judgement={judgeAuc(auc)}
        note={
          overall === undefined ? (
            ''
          ) : (
            <>
              {interval === undefined
                ? words.predictions(formatCount(overall.count))
                : words.interval(
                    formatRatio(interval.lower),
                    formatRatio(interval.upper),
                    formatCount(overall.count),
                  )}
              <br />
              {change(recent?.auc, auc, formatRatio)}
            </>
          )
        }
        course={model?.points.map((point) => point.auc) ?? []}
      />
      <Tile
        name={words.calibration}
        definition="calibrationOverall"
        figure={pending ? undefined : error === null ? missing : formatShare(error)}
        judgement={judgeCalibration(error)}
        note={change(recent?.calibrationError, error, formatShare)}
        course={model?.points.map((point) => point.calibrationError) ?? []}
      />
    </>
  );
}
