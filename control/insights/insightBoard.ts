/** How well it has been looked in this process; where another looks, the tables tell what they can. */
import type { InsightsAnswer } from '../../contracts/insightApi.ts';

export type Looked = InsightsAnswer['looked'];

export class InsightBoard {
  #looked: Looked | undefined;

  put(looked: Looked): void {
    this.#looked = looked;
  }

  /** undefined: this process does not look, or has not yet. */
  get looked(): Looked | undefined {
    return this.#looked;
  }

  /** Another process looks now. */
  clear(): void {
    this.#looked = undefined;
  }
}
