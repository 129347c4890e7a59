/** What the rows of a definition mean: the newest revision that can be read, and how it came to be. Pure: no store, no clock. */
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { DefinitionHead, DefinitionRow } from './definitionRows.ts';

export interface RecordedChange {
  readonly revision: number;
  /** ms since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
  /** What changed, in a sentence. */
  readonly change: string;
}

/** What goes into the log of the definition of one key. */
export interface Recorded<Content> {
  /** The newest that can be read; its revision is the head's, unless that one cannot. */
  readonly record: Content;
  /** When that was made, ms since 1970. */
  readonly at: number;
  readonly head: DefinitionHead;
}

/** A definition that has a life: drafted, started, stopped. */
export interface Known<Content> extends Recorded<Content> {
  /** When it was stopped, ms since 1970; null while it was not. */
  readonly endedAt: number | null;
  /** The oldest first. */
  readonly changes: readonly RecordedChange[];
}

/** What tells a kind of definitions from others. */
export interface Kind<Content> {
  /** @returns undefined when this version cannot read it, or it is not what its row says */
  read(row: DefinitionRow): Content | undefined;
  stateOf(record: Content): DefinitionState;
  /** Whether nothing depends on it yet, as on a draft: the log need not have it. */
  isIdle(record: Content): boolean;
  /** What changed, in a sentence; `before` is undefined when there was none. */
  describe(before: Content | undefined, after: Content): string;
}

/** Told of a row that cannot be read, a sentence. */
export type TellUnread = (sentence: string) => void;

/**
 * @param rows of one key, in the order of revisions and write ids
 * @returns undefined when none can be read
 */
export function knownDefinition<Content>(
  rows: readonly DefinitionRow[],
  { read, stateOf, describe }: Kind<Content>,
  tell: TellUnread,
): Known<Content> | undefined {
  let known: Omit<Known<Content>, 'head' | 'changes'> | undefined;
  let head: DefinitionHead | undefined;
  const changes: RecordedChange[] = [];
  for (const { row, content } of readRevisions(rows, read, tell)) {
    const { revision, at, actor, reason } = row;
    head = headOf(row);
    const change =
      content === undefined
        ? 'A definition that this version cannot read'
        : describe(known?.record, content);
    changes.push({ revision, at, actor, reason, change });
    if (content === undefined) continue;
    const ended = stateOf(content) === 'stopped' ? at : null;
    known = { record: content, at, endedAt: known?.endedAt ?? ended };
  }
  return known && head && { ...known, head, changes };
}

/** Of each revision the row that counts, and what it says: undefined, and told, when it cannot be read. */
export function readRevisions<Content>(
  rows: readonly DefinitionRow[],
  read: (row: DefinitionRow) => Content | undefined,
  tell: TellUnread,
): { readonly row: DefinitionRow; readonly content: Content | undefined }[] {
  const counting = rows.filter(({ revision }, i) => revision !== rows[i - 1]?.revision);
  return counting.map((row) => {
    const content = read(row);
    if (content === undefined) {
      const { kind, key, revision } = row;
      tell(`Revision ${revision} of the ${kind} ${key} cannot be read and is passed over.`);
    }
    return { row, content };
  });
}

export function headOf({ kind, key, revision, writeId }: DefinitionHead): DefinitionHead {
  return { kind, key, revision, writeId };
}

/** @returns undefined when it is not JSON */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
