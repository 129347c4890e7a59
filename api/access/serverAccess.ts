/** What the guard and the routes of accounts need of the world. */
import type { AccessBook } from '../../control/access/accessBook.ts';
import { newPassword } from '../../control/access/secrets.ts';
import { createSignInDesk, type SignInDesk } from '../../control/access/signIn.ts';
import type { Places } from '../guard.ts';

export interface ServerAccess extends Places {
  readonly book: AccessBook;
  readonly signIns: SignInDesk;
  /** With it the first account is made from elsewhere than the engine's own machine; printed at the start. */
  readonly firstCode: string;
  /** Requests of one key, per second; of a session or an address a tenth. */
  readonly rateLimit: number;
  /** Addresses whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

export interface ServerAccessOptions extends Places {
  readonly book: AccessBook;
  readonly rateLimit?: number;
  readonly trustedProxies?: readonly string[];
  /** ms of a clock that never goes back. */
  readonly steady?: () => number;
}

export const rateLimitDefault = 5_000;

export function serverAccess({
  book,
  host,
  origins,
  rateLimit = rateLimitDefault,
  trustedProxies = ['loopback'],
  steady,
}: ServerAccessOptions): ServerAccess {
  const signIns = createSignInDesk(book, steady);
  return { book, host, origins, rateLimit, trustedProxies, signIns, firstCode: newPassword() };
}
