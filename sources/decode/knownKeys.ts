/**
 * The keys that an object of an event is known to have, and what stood between each and the next: `,"user":`.
 *
 * Producers write the same keys in the same order with the same white space, so the way to the next value is found by
 * comparing bytes with one guess. A wrong guess costs a search, never a wrong result.
 */
import type { Bytes } from '../../contracts/bytes.ts';
import { type ColumnPlan, type PathNode, timeColumn, valueColumn } from './columnPlan.ts';
import { skipKey, skipSpace } from './jsonSkip.ts';
import { type Literal, literalAt, stands } from './literal.ts';

/** How the value under a key is read. */
export type Role = (typeof roles)[keyof typeof roles];
export const roles = { extra: 0, name: 1, column: 2, time: 3, value: 4, context: 5 } as const;

export interface KnownKey {
  readonly role: Role;
  /** Bit of the key among the required ones, 0 for the others. */
  readonly required: number;
  readonly nullable: boolean;
  /** Columns that take the value, −1 for none: of the draft's texts, strings and numbers. */
  readonly texts: number;
  readonly codes: number;
  readonly numbers: number;
  /** What is known of the object under the key. */
  readonly child?: KnownObject | undefined;
  /** Number of the event in which it was met last: a key met twice in one event is left to the reference. */
  event: number;
  /** What followed its value last time, by the kind of the event: the guess. */
  readonly next: (Passage | undefined)[];
  /** All that is remembered to have followed it. */
  readonly passages: Passage[];
}

/** From the end of a value, or from the brace that opens the object, to the next value. */
export interface Passage extends Literal {
  readonly key: KnownKey;
}

export interface KnownObject {
  /** By `"key":`; the planned keys, then the extra ones in the order in which they were met. */
  readonly keys: { readonly literal: Literal; readonly key: KnownKey }[];
  readonly keysMax: number;
  /** The object around it and its key there, unless it is the event. */
  parent: KnownObject | undefined;
  parentKey: KnownKey | undefined;
  /** Stands before the first key. */
  readonly entry: KnownKey;
  /** Stands for any key that is not remembered. */
  readonly stranger: KnownKey;
}

/** Extra keys remembered for one object; more are read without a guess. */
const extrasMax = 32;
/** Ways remembered from one key to the next. */
const passagesMax = 16;
/** Kinds of events told apart when guessing: each holds the types of one hash. A power of two. */
export const kinds = 16;
const encoder = new TextEncoder();

type Meaning = Partial<Omit<KnownKey, 'event' | 'next' | 'passages'>>;

/** All keys are made here, so that they share one hidden class. */
function knownKey(meaning: Meaning): KnownKey {
  return {
    role: meaning.role ?? roles.extra,
    required: meaning.required ?? 0,
    nullable: meaning.nullable ?? false,
    texts: meaning.texts ?? -1,
    codes: meaning.codes ?? -1,
    numbers: meaning.numbers ?? -1,
    child: meaning.child,
    event: -1,
    next: new Array<Passage | undefined>(kinds).fill(undefined),
    passages: [],
  };
}

/** The fields of the model; `texts` counts the texts of the draft: id, session, decision. */
const model: Readonly<Record<string, Meaning>> = {
  id: { role: roles.name, required: 1, texts: 0 },
  type: { role: roles.name, required: 2 },
  time: { role: roles.time, required: 4, numbers: timeColumn },
  user: { role: roles.name, required: 8 },
  item: { role: roles.name, nullable: true },
  session: { role: roles.name, nullable: true, texts: 1 },
  value: { role: roles.value, numbers: valueColumn },
  decision: { role: roles.name, nullable: true, texts: 2 },
  context: { role: roles.context },
};
export const requiredAll = 15;

/** What a decoder knows before the first event: the keys of the model and of the plan. */
export function knownEvent(plan: ColumnPlan): KnownObject {
  const children = new Map<string, PathNode>();
  for (const name of Object.keys(model)) {
    children.set(name, { codes: -1, numbers: -1, children: new Map() });
  }
  for (const [name, node] of plan.root.children) children.set(name, node);
  return knownObject(children, model);
}

function knownObject(children: ReadonlyMap<string, PathNode>, fields: typeof model): KnownObject {
  const keys = [...children].map(([name, node]) => {
    const bytes = encoder.encode(`${JSON.stringify(name)}:`);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    // A name, a time or a value is no object, whatever paths the plan has.
    const isOpen = node.children.size > 0 && (field === undefined || name === 'context');
    const key = knownKey({
      role: roles.column,
      codes: node.codes,
      numbers: node.numbers,
      child: isOpen ? knownObject(node.children, {}) : undefined,
      ...field,
    });
    return { literal: literalAt(bytes, 0, bytes.length), key };
  });
  const known: KnownObject = {
    keys,
    keysMax: keys.length + extrasMax,
    parent: undefined,
    parentKey: undefined,
    entry: knownKey({}),
    stranger: knownKey({}),
  };
  for (const { key } of keys) {
    if (key.child === undefined) continue;
    key.child.parent = known;
    key.child.parentKey = key;
  }
  return known;
}

/**
 * The passage that stands at `at`, among those that followed `previous` before; undefined when none does.
 *
 * @param kind of the event, below {@link kinds}; 0 while its type is not known yet
 */
export function findPassage(
  view: DataView,
  previous: KnownKey,
  kind: number,
  at: number,
  end: number,
): Passage | undefined {
  const guess = previous.next[kind];
  if (guess !== undefined && stands(guess, view, at, end)) return guess;
  for (const passage of previous.passages) {
    if (!stands(passage, view, at, end)) continue;
    previous.next[kind] = passage;
    return passage;
  }
  return undefined;
}

/**
 * Reads its way from a value to the next by the grammar, and remembers it.
 *
 * @param at behind the value of `previous`, not at the brace that closes the object
 * @returns undefined when the reference has to judge: an escape, a forbidden or an empty key, an error
 */
export function learnPassage(
  text: Bytes,
  known: KnownObject,
  previous: KnownKey,
  at: number,
  end: number,
): Passage | undefined {
  const { bytes, view } = text;
  let quote = skipSpace(bytes, at);
  if (previous !== known.entry) {
    if (bytes[quote] !== 0x2c) return undefined;
    quote = skipSpace(bytes, quote + 1);
  }
  const colon = skipKey(text, quote, end);
  if (colon < quote + 3 || bytes[colon - 1] !== 0x22) return undefined;
  const found = known.keys.find(({ literal }) => {
    return literal.length === colon + 1 - quote && stands(literal, view, quote, end);
  });
  const key = found?.key ?? learnKey(known, bytes, quote, colon);
  const passage = passageTo(key, literalAt(bytes, at, skipSpace(bytes, colon + 1)));
  if (key === known.stranger || previous === known.stranger) return passage;
  if (previous.passages.length === passagesMax) previous.passages.shift();
  previous.passages.push(passage);
  return passage;
}

/** Field by field: a spread would give the object a slow hidden class. */
function passageTo(key: KnownKey, literal: Literal): Passage {
  const { length, headWord, tailWord, head, tail, middle } = literal;
  return { length, headWord, tailWord, head, tail, middle, key };
}

function learnKey(known: KnownObject, bytes: Uint8Array, quote: number, colon: number): KnownKey {
  if (known.keys.length === known.keysMax) return known.stranger;
  const key = knownKey({});
  known.keys.push({ literal: literalAt(bytes, quote, colon + 1), key });
  return key;
}
