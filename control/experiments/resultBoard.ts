/** The newest results of the experiments that are evaluated in this process: what the history has some seconds later. */
import type { ExperimentResult } from '../../contracts/experimentResult.ts';

export class ResultBoard {
  readonly #results = new Map<string, ExperimentResult>();

  put(result: ExperimentResult): void {
    this.#results.set(result.experiment, result);
  }

  get(experiment: string): ExperimentResult | undefined {
    return this.#results.get(experiment);
  }

  /** Another process evaluates now. */
  clear(): void {
    this.#results.clear();
  }
}
