/** Which stage of a release a model is in, by number and since when: each partition counts those that it has seen. */
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';

export interface StageState {
  /** `<release>/<stage>`. */
  readonly stage: string;
  /** 1, 2, 3, … */
  readonly ordinal: number;
  /** Time of the record that began it, ms since 1970. */
  readonly since: number;
}

const none: StageState = { stage: '', ordinal: 0, since: 0 };

export class StageBook {
  readonly #table: ObjectTable<StageState>;
  readonly #model: string;

  /** Makes the table `stages-<model>` in `tables`. */
  constructor(tables: StateTables, model: string) {
    this.#table = tables.objects(`stages-${model}`);
    this.#model = model;
  }

  get now(): StageState {
    return this.#table.get(this.#model) ?? none;
  }

  /** A record at that time says which; one that goes on is what it was. */
  turnTo(stage: string | undefined, at: number): void {
    const { ordinal, stage: before } = this.now;
    if (stage === undefined || stage === before) return;
    this.#table.set(this.#model, { stage, ordinal: ordinal + 1, since: at });
  }
}
