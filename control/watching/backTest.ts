/** How often a watch would have alerted in the stored past: what tells whether its budget, limit and spans are the right ones. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Alert } from '../../contracts/alert.ts';
import type { CalendarDays, Watch } from '../../contracts/watch.ts';
import type { WatchChecked } from '../../contracts/watchApi.ts';
import { type AlertLife, newLife } from '../alerts/alertLife.ts';
import { stepAlert } from '../alerts/stepAlert.ts';
import type { Reader } from '../statement.ts';
import { type JudgeMakers, type JudgeOptions, judgeOf } from './judges/judgeOf.ts';
import { FrontierReader } from './sources/frontier.ts';
import { neverJudged, sourceOf } from './sources/sourceOf.ts';

export interface BackTestOptions extends JudgeOptions {
  readonly calendar: readonly CalendarDays[];
  readonly makers?: JudgeMakers;
  readonly clock: () => number;
  readonly signal?: AbortSignal;
}

/** Of what is stored a judge first sees this share: of five weeks one. */
const learntShare = 0.2;
/** Readings that are judged: of many keys the past is shorter. */
const readingsMax = 300_000;
/** It ends after so long, with what it has by then, ms. */
const patienceMs = 20_000;
const examplesMax = 20;
const weekMs = 7 * 24 * 3_600_000;

/** @throws EngineError SINK_UNAVAILABLE; SourceProblem when it cannot be read as it is defined */
export async function backTest(
  reader: Reader,
  watch: Watch,
  { calendar, makers, clock, signal, ...options }: BackTestOptions,
): Promise<Omit<WatchChecked, 'problems'>> {
  const frontier = await new FrontierReader({ reader, clock }).read(watch.source.pipeline);
  const source = sourceOf(reader, watch, neverJudged, { pastReadingsMax: readingsMax });
  const judge = judgeOf(watch, calendar, options, makers);
  const lives = new Map<string, AlertLife>();
  const fired = new Map<string, Alert>();
  const until = performance.now() + patienceMs;
  const to = Number.isFinite(frontier.completeTo) ? frontier.completeTo : clock();
  let [judgedFrom, last]: [number | undefined, number] = [undefined, 0];
  for await (const { end, readings } of source.past(undefined, frontier)) {
    signal?.throwIfAborted();
    judgedFrom ??= end + learntShare * (to - end);
    last = end;
    for (const judged of judge.judge(end, readings)) {
      if (end <= judgedFrom) continue;
      const name = JSON.stringify(judged.key);
      const life = lives.get(name) ?? newLife;
      const step = stepAlert(watch, judged.key, life, { kind: 'reading', judged }, end);
      lives.set(name, step.life);
      for (const alert of step.changed) {
        if (alert.firedAt !== null) fired.set(alert.id, alert);
      }
    }
    await nextTurn();
    if (performance.now() > until) break;
  }
  // What is accumulated for all time tells nothing of its past.
  if (judgedFrom === undefined || last <= judgedFrom)
    return { alerts: null, weeks: 0, examples: [] };
  const newest = [...fired.values()].sort((a, b) => b.since - a.since).slice(0, examplesMax);
  return {
    alerts: fired.size,
    weeks: (last - judgedFrom) / weekMs,
    examples: newest.map(({ key, headline, since, resolvedAt }) => {
      return { key, headline, since, resolvedAt };
    }),
  };
}
