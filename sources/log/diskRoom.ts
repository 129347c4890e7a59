/**
 * Makes room on the disk before a transaction, because LMDB must not find the disk full: a failed
 * write in the middle of a transaction damages its memory (lmdb 3.5.6, `mdb_page_spill`).
 *
 * While much of the disk is free that is all to know. When it is nearly full the data file is
 * lengthened by zeros as far as the transaction can reach at worst; LMDB does not mind what lies
 * behind its last page.
 */
import { closeSync, ftruncateSync, openSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogStore } from './logStore.ts';

/** With so much free, bytes, no other program fills the disk within one transaction. */
const plenty = 256 * 2 ** 20;
const zeros = new Uint8Array(2 ** 20);

/**
 * Room that appends keep for the time when the disk is full, so that what deletion frees can be
 * used again, bytes.
 */
const reserve = 12 * 2 ** 20;
/** Growth of the tree's own pages in a transaction at most, bytes. */
const treeGrowth = 2 ** 19;
/** An append leaves so much room that a deletion always has it, bytes. */
const deleteGrowth = 2 ** 20;

/**
 * Makes room for a transaction that adds `added` bytes of chunks; 0 for one that only deletes.
 *
 * @param stored bytes that the chunks take now
 * @returns false when the disk has too little room; then nothing has changed
 */
export function ensureRoom(
  { environment }: LogStore,
  directory: string,
  added: number,
  stored: number,
): boolean {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize >= added + plenty) return true;
  const { lastPageNumber, pageSize } = environment.getStats() as {
    lastPageNumber: number;
    pageSize: number;
  };
  const used = (lastPageNumber + 1) * pageSize;
  let growth = deleteGrowth;
  if (added > 0) {
    const reusable = used - stored - treeGrowth;
    growth += added + treeGrowth + (reusable >= 2 * added + reserve ? 0 : reserve);
  }
  const path = join(directory, 'data.mdb');
  const { size } = statSync(path);
  return size >= used + growth || lengthen(path, size, used + growth);
}

function lengthen(path: string, size: number, needed: number): boolean {
  const file = openSync(path, 'r+');
  try {
    for (let at = size; at < needed; ) {
      const written = writeSync(file, zeros, 0, Math.min(zeros.length, needed - at), at);
      if (written === 0) throw new Error('nothing was written');
      at += written;
    }
    return true;
  } catch {
    ftruncateSync(file, size);
    return false;
  } finally {
    closeSync(file);
  }
}
