/** What is wrong with a watch or a mute window beyond its form, or worth a remark. */
import type { DefinitionProblem, Tell } from '../../contracts/definitionProblem.ts';
import type { MuteWindow, Watch } from '../../contracts/watch.ts';
import { bounded, type Reader } from '../statement.ts';
import { engineMetrics } from './sources/bucketTable.ts';

export const watchesMax = 500;

export interface WatchSurroundings {
  readonly reader: Reader;
  readonly routes: ReadonlySet<string>;
  /** Keys of the watches that there are. */
  readonly watches: ReadonlySet<string>;
}

export async function checkWatch(
  watch: Watch,
  { reader, routes, watches }: WatchSurroundings,
): Promise<DefinitionProblem[]> {
  const problems: DefinitionProblem[] = [];
  const tell: Tell = (field, sentence, severity = 'problem') =>
    problems.push({ severity, field, sentence });
  if (!watches.has(watch.key) && watches.size >= watchesMax) {
    tell('key', `There are ${watchesMax} watches already: remove one that is not needed.`);
  }
  for (const [i, route] of watch.routes.entries()) {
    if (!routes.has(route)) tell(`routes.${i}`, `There is no route ${route}.`);
  }
  checkJudgement(watch, tell);
  const isSilent = watch.routes.length === 0 && watch.isActive;
  if (isSilent)
    tell('routes', 'It has no route: its alerts are shown, and told to nobody.', 'remark');
  await checkSource(watch, reader, tell);
  return problems;
}

function checkJudgement({ judgement, source }: Watch, tell: Tell): void {
  if (judgement.kind === 'limit' && judgement.clear !== undefined) {
    const { direction, limit, clear } = judgement;
    const isWrong = direction === 'above' ? clear > limit : clear < limit;
    const side = direction === 'above' ? 'at most' : 'at least';
    if (isWrong)
      tell('judgement.clear', `It must be ${side} the limit, ${limit}: else it never ends.`);
  }
  if (judgement.kind === 'usual' && source.kind !== 'metric') {
    tell('judgement.kind', 'Only of metrics is known what is usual: take a limit.');
  }
  if (judgement.kind === 'alarms' && source.kind === 'metric') {
    tell('judgement.kind', 'A metric counts no alarms: take a limit.');
  }
  if (judgement.kind === 'probability' && source.kind === 'metric') {
    tell('judgement.kind', 'The figure of a metric is no probability.');
  }
}

const pipelineHas = {
  metric: `SELECT window_ms AS windowMs FROM metrics
    WHERE pipeline = {pipeline:String} AND metric = {name:String}
    GROUP BY window_ms ORDER BY window_ms LIMIT 1`,
  statistic: `SELECT window_ms AS windowMs FROM statistics
    WHERE pipeline = {pipeline:String} AND name = {name:String} LIMIT 1`,
  finding: `SELECT 0 AS windowMs FROM findings
    WHERE pipeline = {pipeline:String} AND name = {name:String} LIMIT 1`,
};

async function checkSource({ source }: Watch, reader: Reader, tell: Tell): Promise<void> {
  const { kind, pipeline } = source;
  const name = kind === 'metric' ? source.metric : source.name;
  if (kind === 'metric' && Object.hasOwn(engineMetrics, name)) {
    const isQuantile = source.figure === 'p50' || source.figure === 'p95';
    if (isQuantile) tell('source.figure', `Of ${name} no quantiles are kept: take the mean.`);
    return;
  }
  const [found] = await reader.query<{ windowMs: number }>(bounded(pipelineHas[kind]), {
    ...{ pipeline, name },
  });
  if (found === undefined) {
    // A finding is rare: that there was none yet means nothing.
    if (kind === 'finding') return;
    const sentence = `The pipeline ${pipeline} has no ${kind} ${name} yet: it is judged once there is one.`;
    tell(kind === 'metric' ? 'source.metric' : 'source.name', sentence, 'remark');
  } else if (kind === 'metric' && source.widthMs % found.windowMs !== 0) {
    const sentence = `Windows of ${name} are ${found.windowMs / 1_000} s long: the width must be a multiple.`;
    tell('source.widthMs', sentence);
  }
}

export function checkMute(
  { watches, when }: MuteWindow,
  known: ReadonlySet<string>,
): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  for (const [i, watch] of watches.entries()) {
    const sentence = `There is no watch ${watch}.`;
    if (!known.has(watch)) problems.push({ severity: 'remark', field: `watches.${i}`, sentence });
  }
  if (when.kind === 'once' && when.from >= when.to) {
    problems.push({
      severity: 'problem',
      field: 'when.to',
      sentence: 'It must end after it begins.',
    });
  }
  return problems;
}
