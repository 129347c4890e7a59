/**
 * The definitions of one kind that a partition knows of, as the log told it, and what is prepared from them.
 *
 * A checkpoint has each as it was parsed, with the form that it was parsed into: a record of the present form need not be judged
 * again, because what is valid in the state was valid in the log, and a judgement takes ten times as long as all the rest.
 */
import { z } from 'zod';
import { definitionHash } from '../contracts/definitionHash.ts';
import { EngineError } from '../contracts/errors.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';

/** What a partition keeps of a definition. */
export interface StoredDefinition {
  /** JSON of the record, as it was parsed: with every default. */
  definition: string;
  /** Form of a record when it was parsed; absent in states from before it was noted. */
  form?: string;
}

export interface DefinitionKind<Content, Prepared> {
  /** What a parsed record looks like: see {@link formOf}. */
  readonly form: string;
  /**
   * @param json undefined when the log has no JSON there
   * @throws EngineError when it is no such definition
   */
  read(json: unknown): Content;
  keyOf(record: Content): string;
  prepare(record: Content): Prepared;
}

/** A schema's form, as a hash: records of equal forms satisfy each other's schemas. */
export function formOf(schema: z.ZodType): string {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return definitionHash(described).slice(0, 16);
}

export class DefinitionTable<
  Content extends { readonly revision: number },
  Prepared extends { readonly revision: number },
> {
  readonly #table: ObjectTable<StoredDefinition>;
  readonly #kind: DefinitionKind<Content, Prepared>;
  #prepared: Map<string, Prepared> | undefined;

  constructor(table: ObjectTable<StoredDefinition>, kind: DefinitionKind<Content, Prepared>) {
    this.#table = table;
    this.#kind = kind;
  }

  /** Definitions that are known. */
  get size(): number {
    return this.all().size;
  }

  get(key: string): Prepared | undefined {
    return this.all().get(key);
  }

  /**
   * Takes a definition from the log; one that is not newer changes nothing.
   *
   * @param text the record as JSON
   * @throws EngineError when it is none
   */
  take(text: unknown): void {
    const json = jsonOf(text);
    if (this.#isStored(json, text)) return;
    const { read, keyOf, prepare } = this.#kind;
    const record = read(json);
    const key = keyOf(record);
    const known = this.get(key);
    if (known !== undefined && known.revision >= record.revision) return;
    const prepared = prepare(record);
    this.#store(record);
    this.all().set(key, prepared);
  }

  /**
   * Prepared at the first use: the table is restored after this is made. One that this version cannot prepare (another has stored
   * it) is let go, so that no row pays for it but its own: when the engine writes it again, it is refused by its name.
   */
  protected all(): Map<string, Prepared> {
    if (this.#prepared === undefined) {
      this.#prepared = new Map();
      for (const [key, stored] of [...this.#table.entries()]) {
        const prepared = this.#restored(stored);
        if (prepared === undefined) this.#table.delete(key);
        else this.#prepared.set(key, prepared);
      }
    }
    return this.#prepared;
  }

  #restored(stored: StoredDefinition): Prepared | undefined {
    const { read, prepare, form } = this.#kind;
    const json = jsonOf(stored.definition);
    const isOfNow = stored.form === form;
    try {
      const record = isOfNow ? (json as Content) : read(json);
      const prepared = prepare(record);
      if (!isOfNow) this.#store(record);
      return prepared;
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  /** The engine writes what is live into the log again from time to time. */
  #isStored(json: unknown, text: unknown): boolean {
    const key = this.#keyIn(json);
    const stored = typeof key === 'string' ? this.#table.get(key) : undefined;
    return stored?.form === this.#kind.form && stored.definition === text;
  }

  #keyIn(json: unknown): unknown {
    try {
      return this.#kind.keyOf(json as Content);
    } catch {
      return undefined; // no such definition at all
    }
  }

  #store(record: Content): void {
    const { keyOf, form } = this.#kind;
    this.#table.set(keyOf(record), { definition: JSON.stringify(record), form });
  }
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
