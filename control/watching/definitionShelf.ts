/**
 * Definitions of one kind that have no life: they are there, are changed, and are taken away again. A revision that says that it
 * is removed is one like others, so what was removed comes back by putting it again.
 */
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { Store } from '../../contracts/store.ts';
import { DefinitionBook } from '../definitions/definitionBook.ts';
import type { DefinitionHead, DefinitionRow } from '../definitions/definitionRows.ts';
import { headOf, jsonOf, readRevisions, type TellUnread } from '../definitions/knownDefinition.ts';
import {
  type By,
  parseGiven,
  problemsOf,
  type Refused,
  refusedFor,
} from '../definitions/written.ts';

export interface Defined<Content> {
  readonly definition: Content;
  readonly revision: number;
  /** ms since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
}

/** `definition` null: removed, or this version cannot read it. */
export interface Revision<Content> extends Omit<Defined<Content>, 'definition'> {
  readonly definition: Content | null;
}

export type ShelfWritten<Content> =
  | {
      readonly outcome: 'created' | 'changed';
      readonly defined: Defined<Content>;
      readonly problems: readonly DefinitionProblem[];
    }
  | { readonly outcome: 'removed'; readonly revision: number }
  | Refused;

/** Reads what was given, with defaults. */
interface Schema<Content> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: Content }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

export interface ShelfOptions<Content> {
  readonly store: Store;
  readonly kind: string;
  readonly schema: Schema<Content>;
  /** What is wrong with it beyond the schema, or worth a remark. */
  check(definition: Content): Promise<readonly DefinitionProblem[]>;
  readonly tell: (sentence: string) => void;
  readonly clock: () => number;
  readonly settleMs: number;
  /** Runs the task when those before it have ended. */
  alone<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Brings the shelf up to date. */
  look(): Promise<void>;
}

interface Entry<Content> {
  readonly head: DefinitionHead;
  /** The oldest first. */
  readonly revisions: readonly Revision<Content>[];
  /** undefined: it was removed. */
  readonly newest: Defined<Content> | undefined;
}

export class DefinitionShelf<Content extends { readonly key: string }> {
  readonly #options: ShelfOptions<Content>;
  readonly #book: DefinitionBook<Entry<Content>>;

  constructor(options: ShelfOptions<Content>) {
    this.#options = options;
    const { store, kind, tell, clock, settleMs } = options;
    this.#book = new DefinitionBook<Entry<Content>>({
      ...{ store, kind, tell, clock, settleMs },
      known: (rows, tellUnread) => this.#known(rows, tellUnread),
    });
  }

  /** By key; without those that were removed. */
  all(): Defined<Content>[] {
    return this.#book.all().flatMap(({ newest }) => newest ?? []);
  }

  /** Also of what was removed. */
  keys(): string[] {
    return this.#book.all().map(({ head }) => head.key);
  }

  get(key: string): Defined<Content> | undefined {
    return this.#book.get(key)?.newest;
  }

  /** The newest first; also of what was removed. @returns undefined when there never was one */
  history(key: string): readonly Revision<Content>[] | undefined {
    return this.#book.get(key)?.revisions.toReversed();
  }

  /** As it would be stored, and what is wrong with it; anything may be given. */
  async check(
    given: unknown,
  ): Promise<{ readonly definition: Content | undefined; readonly problems: DefinitionProblem[] }> {
    const parsed = parseGiven(this.#options.schema, given);
    if (parsed.outcome === 'malformed') {
      return { definition: undefined, problems: problemsOf(parsed) };
    }
    return { definition: parsed.value, problems: [...(await this.#options.check(parsed.value))] };
  }

  /**
   * Makes one (revision 0), or changes it.
   *
   * @param revision that the change was made from
   * @throws EngineError SINK_UNAVAILABLE
   */
  put(key: string, given: unknown, revision: number, by: By): Promise<ShelfWritten<Content>> {
    const { alone, look, schema, check } = this.#options;
    return alone(async () => {
      const parsed = parseGiven(schema, given);
      if (parsed.outcome === 'malformed') return parsed;
      const definition = parsed.value;
      if (definition.key !== key) {
        const message = `expected the key of its address, ${key}, got ${definition.key}`;
        return { outcome: 'malformed', issues: [{ at: 'key', message }] };
      }
      await look();
      const before = this.#book.get(key);
      if (before === undefined && revision > 0) return { outcome: 'unknown' };
      if (before?.newest !== undefined && revision === 0) return { outcome: 'exists' };
      // What was removed may be made anew, whoever has seen that it was.
      const newest = before?.head.revision ?? 0;
      if (revision !== newest && revision !== 0) return { outcome: 'stale', revision: newest };
      const problems = await check(definition);
      const refused = refusedFor([...problems]);
      if (refused !== undefined) return refused;
      const isOurs = await this.#book.write(key, newest + 1, { definition }, by);
      const now = this.#book.get(key)!;
      if (!isOurs) return { outcome: 'stale', revision: now.head.revision };
      const outcome = before?.newest === undefined ? 'created' : 'changed';
      return { outcome, defined: now.newest!, problems };
    });
  }

  /** @param revision that was seen */
  remove(key: string, revision: number, by: By): Promise<ShelfWritten<Content>> {
    const { alone, look } = this.#options;
    return alone(async () => {
      await look();
      const before = this.#book.get(key);
      if (before?.newest === undefined) return { outcome: 'unknown' };
      const newest = before.head.revision;
      if (newest !== revision) return { outcome: 'stale', revision: newest };
      const isOurs = await this.#book.write(key, newest + 1, { removed: true }, by);
      const now = this.#book.get(key)!.head.revision;
      return isOurs
        ? { outcome: 'removed', revision: newest + 1 }
        : { outcome: 'stale', revision: now };
    });
  }

  /** Makes what was never there. @returns whether it was made */
  adopt(definition: Content, by: By): Promise<boolean> {
    const { alone, look } = this.#options;
    return alone(async () => {
      await look();
      if (this.#book.get(definition.key) !== undefined) return false;
      return this.#book.write(definition.key, 1, { definition }, by);
    });
  }

  /** @param heads newest rows of all kinds */
  read(heads: readonly DefinitionHead[]): Promise<void> {
    return this.#book.look(heads);
  }

  #known(rows: readonly DefinitionRow[], tell: TellUnread): Entry<Content> | undefined {
    const { schema } = this.#options;
    const revisions: Revision<Content>[] = [];
    let newest: Defined<Content> | undefined;
    const read = ({
      key,
      definition: text,
    }: DefinitionRow): { content: Content | null } | undefined => {
      const stored = jsonOf(text) as { removed?: unknown; definition?: unknown } | undefined;
      if (stored?.removed === true) return { content: null };
      const parsed = schema.safeParse(stored?.definition);
      return parsed.success && parsed.data.key === key ? { content: parsed.data } : undefined;
    };
    for (const { row, content } of readRevisions(rows, read, tell)) {
      const { revision, at, actor, reason } = row;
      const definition = content?.content ?? null;
      revisions.push({ definition, revision, at, actor, reason });
      // What cannot be read changes nothing.
      if (content === undefined) continue;
      newest = definition === null ? undefined : { definition, revision, at, actor, reason };
    }
    const last = rows.findLast(({ revision }, i) => revision !== rows[i - 1]?.revision);
    return last && { head: headOf(last), revisions, newest };
  }
}
