/** A batch model of the past predicts what comes next, block after block, and is trained again in between. */
import { trainers } from '../../models/training/registry.ts';
import { rawScore } from '../../models/training/trainedModel.ts';
import type { LoggedExamples } from './logExamples.ts';

export interface WalkOptions {
  readonly trainer: string;
  /** Rows at which it is trained, ascending: on those before, for those up to the next. */
  readonly trainedAt: readonly number[];
  /** Latest rows that are learnt from. */
  readonly rowsMax: number;
}

export interface Walk {
  /** Log-odds of each row from the first training on. */
  readonly base: Float64Array;
  /** The same by the first model alone, never trained again. */
  readonly once: Float64Array;
  /** Processor time of the longest training, s. */
  readonly seconds: number;
}

export function walkForward(examples: LoggedExamples, options: WalkOptions): Walk {
  const { names, values, labels } = examples;
  const { trainedAt, rowsMax } = options;
  const trainer = trainers.get(options.trainer)!;
  const features = names.map((name) => ({ name, kind: 'numeric' as const }));
  const width = names.length;
  const first = trainedAt[0]!;
  const base = new Float64Array(labels.length - first);
  let once = base;
  let seconds = 0;
  for (const [block, to] of trainedAt.entries()) {
    const from = Math.max(0, to - rowsMax);
    const cpu = process.cpuUsage();
    const model = trainer.train({
      task: 'binary',
      features,
      values: values.subarray(from * width, to * width),
      labels: labels.subarray(from, to),
    });
    const { user, system } = process.cpuUsage(cpu);
    seconds = Math.max(seconds, (user + system) / 1e6);
    const scoreOf = rawScore(model);
    // The first says all, and those that come later say it anew from where they begin.
    for (let row = to; row < labels.length; row += 1) {
      base[row - first] = scoreOf(values, row * width);
    }
    if (block === 0) once = base.slice();
  }
  return { base, once, seconds };
}
