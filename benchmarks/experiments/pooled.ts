/** The asymptotic confidence sequence of the pooled difference in means, as well-known platforms use it; for comparison. */
import {
  lnSequenceEvidence,
  sequenceWidth,
  usualBestUnits,
} from '../../stats/sequential/asymptoticSequence.ts';

export class Pooled {
  readonly #width: number;
  readonly #units = [0, 0];
  readonly #sums = [0, 0];
  readonly #squares = [0, 0];

  constructor(alpha: number) {
    this.#width = sequenceWidth(usualBestUnits, alpha);
  }

  /** @returns whether the sequence excludes "no effect" now */
  take(treated: boolean, outcome: number, threshold: number): boolean {
    const arm = treated ? 1 : 0;
    this.#units[arm]! += 1;
    this.#sums[arm]! += outcome;
    this.#squares[arm]! += outcome * outcome;
    const [control = 0, treatment = 0] = this.#units;
    if (control < 2 || treatment < 2) return false;
    const effect = this.#sums[1]! / treatment - this.#sums[0]! / control;
    const variance = this.#varianceOfMean(0) + this.#varianceOfMean(1);
    if (!(variance > 0)) return false;
    const estimate = {
      effect,
      standardError: Math.sqrt(variance),
      units: control + treatment,
    };
    return lnSequenceEvidence(estimate, this.#width) >= threshold;
  }

  #varianceOfMean(arm: 0 | 1): number {
    const units = this.#units[arm]!;
    const mean = this.#sums[arm]! / units;
    return Math.max(0, this.#squares[arm]! / units - mean * mean) / (units - 1);
  }
}
