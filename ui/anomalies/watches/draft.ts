/** A watch as it is typed. */
import type { Watch } from '../../../contracts/watch.ts';
import { percentText } from '../../definitions/typed.ts';
import { spanText } from '../../format/spans.ts';

type Source = Watch['source'];
type Judgement = Watch['judgement'];

export interface Draft {
  readonly name: string;
  readonly key: string;
  /** Whether the key was typed, or follows the name. */
  readonly keyTyped: boolean;
  readonly purpose: string;
  readonly lane: Watch['lane'];
  readonly severity: Watch['severity'];
  readonly source: Source['kind'];
  readonly pipeline: string;
  readonly metric: string;
  readonly metricFigure: Extract<Source, { kind: 'metric' }>['figure'];
  readonly by: Extract<Source, { kind: 'metric' }>['by'];
  /** Of a bucket, as all spans: "5 minutes". */
  readonly width: string;
  /** Of a statistic, and its figure. */
  readonly statistic: string;
  readonly figure: string;
  readonly finding: string;
  readonly judgement: Judgement['kind'];
  readonly direction: Extract<Judgement, { kind: 'usual' }>['direction'];
  /** Weeks in which at most one alert is expected without a cause. */
  readonly weeks: string;
  /** Per cent. */
  readonly leastChange: string;
  readonly leastCount: string;
  readonly side: Extract<Judgement, { kind: 'limit' }>['direction'];
  readonly limit: string;
  /** '': the limit itself. */
  readonly clear: string;
  readonly limitCount: string;
  readonly pending: string;
  readonly over: string;
  readonly rest: string;
  /** '': silence is no news. */
  readonly noData: string;
  readonly routes: readonly string[];
  readonly runbook: string;
  readonly isActive: boolean;
}

export const blankDraft: Draft = {
  ...{ name: '', key: '', keyTyped: false, purpose: '', lane: 'ingest', severity: 'low' },
  ...{ source: 'metric', pipeline: 'learning', metric: '', metricFigure: 'count', by: 'whole' },
  ...{ width: '5 minutes', statistic: '', figure: '', finding: '' },
  ...{ judgement: 'usual', direction: 'either', weeks: '5', leastChange: '20', leastCount: '20' },
  ...{ side: 'above', limit: '', clear: '', limitCount: '1' },
  ...{ pending: '0', over: '10 minutes', rest: '1 hour', noData: '1 hour' },
  ...{ routes: [], runbook: '', isActive: true },
};

/** Digits enough that it is the same budget again. */
function weeksText(budgetPerWeek: number): string {
  return String(Number((1 / budgetPerWeek).toPrecision(12)));
}

export function draftOf(watch: Watch): Draft {
  const { key, name, purpose, lane, severity, source, judgement, routes, isActive } = watch;
  return {
    ...blankDraft,
    ...{ key, name, keyTyped: true, purpose, lane, severity, routes, isActive },
    ...{ source: source.kind, pipeline: source.pipeline },
    ...(source.kind === 'metric'
      ? {
          ...{ metric: source.metric, metricFigure: source.figure, by: source.by },
          width: spanText(source.widthMs),
        }
      : {}),
    ...(source.kind === 'statistic' ? { statistic: source.name, figure: source.figure } : {}),
    ...(source.kind === 'finding' ? { finding: source.name } : {}),
    ...{ judgement: judgement.kind, ...judgementDraft(judgement) },
    pending: watch.pendingMs === 0 ? '0' : spanText(watch.pendingMs),
    over: spanText(watch.clearMs),
    rest: spanText(watch.refractoryMs),
    noData: watch.noDataMs === null ? '' : spanText(watch.noDataMs),
    runbook: watch.runbook ?? '',
  };
}

function judgementDraft(judgement: Judgement): Partial<Draft> {
  switch (judgement.kind) {
    case 'usual':
      return {
        direction: judgement.direction,
        weeks: weeksText(judgement.budgetPerWeek),
        leastChange: percentText(judgement.leastChange),
        leastCount: String(judgement.leastCount),
      };
    case 'limit':
      return {
        side: judgement.direction,
        limit: String(judgement.limit),
        clear: judgement.clear === undefined ? '' : String(judgement.clear),
        limitCount: String(judgement.leastCount),
      };
    case 'probability':
      return { weeks: weeksText(judgement.budgetPerWeek) };
    case 'alarms':
      return {};
  }
}
