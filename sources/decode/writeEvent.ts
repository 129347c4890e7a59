/** Puts a parsed event into the row that is being written. */
import { bytesOf } from '../../contracts/bytes.ts';
import {
  itemColumn,
  type PathNode,
  timeColumn,
  typeColumn,
  userColumn,
  valueColumn,
} from './columnPlan.ts';
import type { Draft, TextDraft } from './draft.ts';
import { hashId } from './idHash.ts';
import { isObject, type JsonObject, type ParsedEvent } from './parseRecord.ts';
import { isFigure, isName } from './problem.ts';

const encoder = new TextEncoder();

/** The row must be absent so far. Lone surrogates become U+FFFD, as everywhere where text becomes UTF-8. */
export function writeEvent(draft: Draft, { event, json }: ParsedEvent): void {
  const row = draft.length;
  writePaths(draft, draft.plan.root, json);
  const user = bytesOf(encoder.encode(event.user));
  const id = bytesOf(encoder.encode(event.id));
  draft.codes[typeColumn]![row] = internText(draft, event.type);
  draft.codes[userColumn]![row] = draft.dictionary.intern(user, 0, user.bytes.length);
  draft.codes[itemColumn]![row] = event.item == null ? -1 : internText(draft, event.item);
  draft.numbers[timeColumn]![row] = event.time;
  draft.numbers[valueColumn]![row] = event.value ?? NaN;
  spillText(draft, draft.id, event.id);
  if (event.session != null) spillText(draft, draft.session, event.session);
  if (event.decision != null) spillText(draft, draft.decision, event.decision);
  hashId(draft.idLow, draft.idHigh, row, user, 0, user.bytes.length, id, 0, id.bytes.length);
}

/** Own properties of objects only: a path does not lead through an array, nor to what all objects inherit. */
function writePaths(draft: Draft, node: PathNode, json: JsonObject): void {
  const row = draft.length;
  for (const [key, { codes, numbers, children }] of node.children) {
    if (!Object.hasOwn(json, key)) continue;
    const value = json[key];
    if (codes >= 0 && isName(value)) draft.codes[codes]![row] = internText(draft, value);
    if (numbers >= 0) draft.numbers[numbers]![row] = figure(value);
    if (children.size > 0 && isObject(value)) {
      writePaths(draft, { codes, numbers, children }, value);
    }
  }
}

function figure(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' && isFigure(value) ? value : NaN;
}

function internText(draft: Draft, text: string): number {
  return draft.dictionary.internText(text);
}

function spillText(draft: Draft, column: TextDraft, text: string): void {
  const { spill, chunk, length } = draft;
  const bytes = encoder.encode(text);
  column.starts[length] = chunk.bytes.length + spill.length;
  spill.raw(bytes, 0, bytes.length);
  column.ends[length] = chunk.bytes.length + spill.length;
}
