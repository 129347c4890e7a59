/** The newest answers on the experiments that are evaluated in this process: what the history has some seconds later. */
import type { ExperimentResult } from '../../contracts/experimentResult.ts';

/** What is known of an experiment: its evidence is up to date, the rest is computed when somebody reads it, once a change. */
export interface Answer {
  readonly experiment: string;
  /** The result of the counts as they are; undefined where it cannot be computed. */
  read(): ExperimentResult | undefined;
}

export class ResultBoard {
  readonly #answers = new Map<string, Answer>();

  put(answer: Answer): void {
    this.#answers.set(answer.experiment, answer);
  }

  get(experiment: string): ExperimentResult | undefined {
    return this.#answers.get(experiment)?.read();
  }

  /** Another process evaluates now. */
  clear(): void {
    this.#answers.clear();
  }
}
