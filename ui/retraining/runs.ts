/** A run in words and figures: how long it took, in which step it is, how it stands. */
import type { TrainingRunsAnswer } from '../../contracts/modelLifeApi.ts';
import type { RunStep, RunStepName, TrainingRun } from '../../contracts/trainingRun.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { formatAgo } from '../format/times.ts';
import { stateWords, stepNouns, list as words } from '../words/retraining.ts';

/** In their order; written here, so that no schema is loaded with the pages. */
export const stepNames = [
  'snapshot',
  'train',
  'calibrate',
  'export',
  'gates',
  'register',
] as const satisfies readonly RunStepName[];

export const runStates = [
  'running',
  'done',
  'failed',
  'cancelled',
  'refused',
] as const satisfies readonly TrainingRun['state'][];

export type ListedRun = TrainingRunsAnswer['runs'][number];

export const stateTones: Record<TrainingRun['state'], Tone> = {
  running: 'attention',
  done: 'good',
  failed: 'bad',
  cancelled: 'none',
  refused: 'bad',
};

export const stepTones: Record<RunStep['state'], Tone> = {
  waiting: 'none',
  running: 'attention',
  done: 'good',
  failed: 'bad',
  skipped: 'none',
};

export function judgeRun({ state }: Pick<TrainingRun, 'state'>): Judgement {
  return { tone: stateTones[state], word: stateWords[state] };
}

/** Of one that has not ended: until now. ms; null before it began */
export function spentMs(
  { startedAt, endedAt }: Pick<RunStep, 'startedAt' | 'endedAt'>,
  now: number,
): number | null {
  return startedAt === null ? null : Math.max(0, (endedAt ?? now) - startedAt);
}

/** Of one that has not ended. */
export function runningSentence({ model, steps }: Pick<TrainingRun, 'model' | 'steps'>): string {
  const step = steps.find(({ state }) => state === 'running');
  if (step !== undefined) return words.sentence.running(model, stepNouns[step.name]);
  return words.sentence.queued(model);
}

/** @param runs the newest first */
export function listSentence(runs: readonly ListedRun[], now: number): Judgement {
  const { sentence } = words;
  const [last] = runs;
  if (last === undefined) return { tone: 'none', word: sentence.none };
  const running = runs.filter(({ state }) => state === 'running');
  if (running.length > 1) return { tone: 'attention', word: sentence.several(running.length) };
  const [one] = running;
  if (one !== undefined) {
    return { tone: 'attention', word: runningSentence(one) };
  }
  const ago = formatAgo(last.endedAt ?? last.startedAt, now);
  const tone = stateTones[last.state];
  if (last.state === 'done' && last.version !== null) {
    return { tone, word: sentence.done(last.model, last.version, ago) };
  }
  const state = last.state === 'refused' || last.state === 'cancelled' ? last.state : 'failed';
  return { tone, word: sentence[state](last.model, ago) };
}
