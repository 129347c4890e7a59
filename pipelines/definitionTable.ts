/**
 * The definitions of one kind that a partition knows of, as the log told it, and what is prepared from them.
 *
 * Kept as they stood in the log: a checkpoint has the text, and whoever restores it prepares it by its own version.
 */
import type { ObjectTable } from '../contracts/stateTable.ts';

/** What a partition keeps of a definition: its record as JSON. */
export interface StoredDefinition {
  definition: string;
}

export interface DefinitionKind<Content, Prepared> {
  /**
   * @param json undefined when the log has no JSON there
   * @throws EngineError when it is no such definition
   */
  read(json: unknown): Content;
  keyOf(record: Content): string;
  prepare(record: Content): Prepared;
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
    return this.#all().size;
  }

  get(key: string): Prepared | undefined {
    return this.#all().get(key);
  }

  /**
   * Takes a definition from the log; one that is not newer changes nothing.
   *
   * @param text the record as JSON
   * @throws EngineError when it is none
   */
  take(text: unknown): void {
    const { read, keyOf, prepare } = this.#kind;
    const record = read(jsonOf(text));
    const key = keyOf(record);
    const known = this.get(key);
    if (known !== undefined && known.revision >= record.revision) return;
    this.#table.set(key, { definition: text as string });
    this.#all().set(key, prepare(record));
  }

  /** Prepared at the first use: the table is restored after this is made. */
  #all(): Map<string, Prepared> {
    if (this.#prepared === undefined) {
      const { read, prepare } = this.#kind;
      this.#prepared = new Map();
      for (const [key, { definition }] of this.#table.entries()) {
        this.#prepared.set(key, prepare(read(jsonOf(definition))));
      }
    }
    return this.#prepared;
  }
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
