/** By what a request says who asks: an open session, or a key. Found in memory, by the hash of the secret. */
import type { Principal } from '../../contracts/access.ts';
import type { SessionRow } from './sessionRows.ts';

/** Times are ms since 1970. */
export interface PersonSession extends Omit<SessionRow, 'seenAt' | 'endedAt'> {
  readonly kind: 'session';
  seenAt: number;
  /** What of `seenAt` is stored. */
  savedAt: number;
  endedAt: number | null;
}

export interface KnownKey {
  readonly kind: 'key';
  readonly id: string;
  readonly prefix: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly expiresAt: number | null;
  readonly principal: Principal;
  /** Made by this process for itself, and stored nowhere. */
  readonly isOwn: boolean;
  /** To the minute, as far as this process has seen it used. */
  usedAt: number | null;
  revokedAt: number | null;
}

export type Credential = PersonSession | KnownKey;
