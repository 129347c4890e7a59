/** What a watch looks at, when it alerts, and how often when nothing happens: as phrases. */
import type { Watch } from '../../contracts/watch.ts';
import { formatValue } from '../format/numbers.ts';
import { spanWords } from '../format/spans.ts';
import { budget, figures, judgements, sources } from '../words/watchSettings.ts';

/** The pipeline that need not be named. */
const usualPipeline = 'learning';

/** @example sourceWords(watch.source); // 'count of answered, every 5 minutes' */
export function sourceWords(source: Watch['source']): string {
  const where = source.pipeline === usualPipeline ? '' : sources.inPipeline(source.pipeline);
  switch (source.kind) {
    case 'metric': {
      const said = sources.metric(figures[source.figure], source.metric, spanWords(source.widthMs));
      return `${said}${source.by === 'segment' ? sources.bySegment : ''}${where}`;
    }
    case 'statistic':
      return `${sources.statistic(source.figure, source.name)}${where}`;
    case 'finding':
      return `${sources.finding(source.name)}${where}`;
  }
}

export function judgementWords(judgement: Watch['judgement']): string {
  switch (judgement.kind) {
    case 'usual':
      return judgements.usual[judgement.direction];
    case 'limit':
      return judgements.limit[judgement.direction](formatValue(judgement.limit));
    case 'alarms':
      return judgements.alarms;
    case 'probability':
      return judgements.probability;
  }
}

/** Alerts in a week without any cause, at most; undefined where the judgement has no such budget. */
export function budgetOf(judgement: Watch['judgement']): number | undefined {
  return 'budgetPerWeek' in judgement ? judgement.budgetPerWeek : undefined;
}

/** @example budgetWords(0.2); // 'at most 1 in 5 weeks' */
export function budgetWords(perWeek: number | undefined): string {
  if (perWeek === undefined) return budget.none;
  if (Math.abs(perWeek - 1) < 1e-9) return budget.one;
  if (perWeek > 1) return budget.often(formatValue(perWeek));
  return budget.rare(formatValue(Number((1 / perWeek).toPrecision(2))));
}
