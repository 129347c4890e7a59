/**
 * The note of heads: what somebody writes down outside of the engine, to tell later that nothing that there was had been changed or
 * cut off.
 *
 * `instant-entries-hash`: the hash is over the last entry of each chain up to the instant, ms since 1970.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import type { ChainHead } from './auditChain.ts';

export interface HeadsNote {
  /** ms since 1970. */
  readonly instant: number;
  /** Of all chains up to the instant. */
  readonly entries: number;
  readonly hash: string;
}

/** SHA-256 of the heads in the order of their chains; hexadecimal. */
export function hashOfHeads(heads: readonly ChainHead[]): string {
  const lines = heads.map(({ chain, number, hash }) => canonicalJson([chain, number, hash]));
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

export function noteText({ instant, entries, hash }: HeadsNote): string {
  return `${instant}-${entries}-${hash}`;
}

/** @returns undefined for what is no note */
export function readNote(text: string): HeadsNote | undefined {
  const [, instant, entries, hash] = /^(\d{1,15})-(\d{1,15})-([\da-f]{64})$/.exec(text) ?? [];
  if (hash === undefined) return undefined;
  return { instant: Number(instant), entries: Number(entries), hash };
}
