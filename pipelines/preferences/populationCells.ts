/** The population's sums of one preference as cells: of the whole, of each signal, and of each value, numbered as they came. */
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import {
  emptyPopulation,
  type Population,
  plainWidth,
} from '../../models/preference/population.ts';
import { Cells } from '../cells.ts';

interface Cell {
  /** Of the value among the values; of the signal among the signals. */
  number: number;
  sums: Float64Array;
}

export interface PopulationOptions {
  readonly preference: string;
  /** Types of events. */
  readonly signals: readonly string[];
  readonly namesMax: number;
  readonly halfLifeMs: number;
  readonly seenHalfLifeMs: number;
}

export class PopulationCells {
  readonly #cells: Cells<Cell>;
  readonly #options: PopulationOptions;
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  #sums: Population | undefined;
  #dictionary: Dictionary | undefined;
  /** Of the batch: numbers by code, and the last offset that changed each value and signal. */
  readonly #byCode = new Map<number, number>();
  readonly #values = new Map<number, number>();
  readonly #signals = new Map<number, number>();

  constructor(context: PipelineContext, pipeline: string, options: PopulationOptions) {
    const { preference, halfLifeMs, seenHalfLifeMs } = options;
    this.#options = options;
    this.#cells = new Cells<Cell>(context, pipeline, {
      name: `preference-${preference}`,
      table: 'preference_sums',
      initial: ([, kind, ...name]) => this.#initial(kind!, name.join('\0')),
      encodeKey(writer, [key, kind, ...name]) {
        writer.text(key!);
        writer.text(kind!);
        // A name may have a U+0000 of its own.
        writer.text(name.join('\0'));
      },
      encode(writer, { sums }) {
        writer.int64(halfLifeMs);
        writer.int64(seenHalfLifeMs);
        writer.varint(sums.length);
        for (const sum of sums) writer.float64(sum);
      },
    });
  }

  /** Only behind `begin`. */
  get sums(): Population {
    return this.#sums!;
  }

  nameOf(value: number): string {
    return this.#names[value]!;
  }

  /** Before the rows of a batch: codes mean the same within one only. */
  begin(dictionary: Dictionary): this {
    this.#dictionary = dictionary;
    this.#byCode.clear();
    this.#sums ??= this.#restored();
    return this;
  }

  /** Number of the value with a code of the batch, a new one at first sight; −1 when there are too many. */
  numberOf(code: number, offset: number): number {
    const known = this.#byCode.get(code);
    if (known !== undefined) return known;
    const name = this.#dictionary!.text(code);
    let number = this.#numbers.get(name);
    if (number === undefined) {
      if (this.#names.length >= this.#options.namesMax) return -1;
      const cell = this.#cells.at([this.#options.preference, 'value', name], offset);
      number = this.#hold(name, cell, this.#sums!);
    }
    this.#byCode.set(code, number);
    return number;
  }

  /** An outcome has changed the sums of the value, the signal and the whole. */
  learnt(value: number, signal: number, offset: number): void {
    this.#values.set(value, offset);
    this.#signals.set(signal, offset);
  }

  /** Behind the rows of a batch: marks what they have changed. */
  end(): void {
    const { preference, signals } = this.#options;
    let last = -1;
    for (const [value, offset] of this.#values) {
      this.#cells.at([preference, 'value', this.#names[value]!], offset);
      last = Math.max(last, offset);
    }
    for (const [signal, offset] of this.#signals) {
      this.#cells.at([preference, 'signal', signals[signal]!], offset);
    }
    if (last >= 0) this.#cells.at([preference, 'whole', ''], last);
    this.#values.clear();
    this.#signals.clear();
  }

  /** Signals and the whole are held from the beginning, values from their first sight. */
  #initial(kind: string, name: string): Cell {
    const { signals, whole } = this.#sums!;
    if (kind === 'whole') return { number: 0, sums: whole };
    const number = kind === 'signal' ? this.#options.signals.indexOf(name) : this.#names.length;
    return { number, sums: kind === 'signal' ? signals[number]! : new Float64Array(plainWidth) };
  }

  #hold(name: string, { number, sums }: Cell, population: Population): number {
    this.#names[number] = name;
    this.#numbers.set(name, number);
    population.values[number] = sums;
    return number;
  }

  /** The sums, as the state has them: the same arrays. */
  #restored(): Population {
    const { signals } = this.#options;
    const values: Float64Array[] = [];
    const stored = new Map<string, Float64Array>();
    for (const [[, kind, ...name], cell] of this.#cells.entries()) {
      const text = name.join('\0');
      if (kind === 'value') {
        this.#names[cell.number] = text;
        this.#numbers.set(text, cell.number);
        values[cell.number] = cell.sums;
      } else {
        stored.set(`${kind} ${text}`, cell.sums);
      }
    }
    const fresh = emptyPopulation(signals.length);
    return {
      values,
      signals: signals.map((name, i) => stored.get(`signal ${name}`) ?? fresh.signals[i]!),
      whole: stored.get('whole ') ?? fresh.whole,
    };
  }
}
