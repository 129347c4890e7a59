/**
 * The second pass over what the shape decoder has read: ids are hashed and strings interned, one column after the other.
 *
 * Column by column, because looking up one kind of strings in a tight loop keeps the dictionary's hot parts in the cache; done
 * event by event, it took a third of the decoding time.
 */
import type { Bytes } from '../../contracts/bytes.ts';
import { userColumn } from './columnPlan.ts';
import type { Draft } from './draft.ts';
import { hashId } from './idHash.ts';
import { type CodeMemory, internColumn } from './internColumn.ts';

export function settleRows(draft: Draft, text: Bytes, memory: CodeMemory): void {
  const { dictionary, length } = draft;
  hashIds(draft, text);
  for (const [column, codes] of draft.codes.entries()) {
    internColumn(memory, dictionary, text, codes, draft.lengths[column]!, length);
  }
}

function hashIds(draft: Draft, text: Bytes): void {
  const { codes, lengths, id, idLow, idHigh, userStarts, length } = draft;
  const users = codes[userColumn]!;
  const userLengths = lengths[userColumn]!;
  const { starts, ends } = id;
  for (let row = 0; row < length; row += 1) {
    const size = userLengths[row]!;
    if (size === 0) continue;
    const user = users[row]!;
    userStarts[row] = user;
    hashId(idLow, idHigh, row, text, user, user + size, text, starts[row]!, ends[row]!);
  }
}
