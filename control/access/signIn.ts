/**
 * Signing in: by login and password, each guess dearer than the one before. The answer takes as long whether or not there is such a
 * login, and says no more.
 */
import type { AccessBook } from './accessBook.ts';
import type { KnownAccount } from './accountLog.ts';
import { Attempts } from './attempts.ts';
import type { PersonSession } from './credentials.ts';
import { foldLogin } from './foldLogin.ts';
import { hashOfNothing, isPassword } from './passwords.ts';
import type { SessionOrigin } from './sessionRows.ts';

export type SignedIn =
  | {
      readonly outcome: 'signed in';
      readonly token: string;
      readonly session: PersonSession;
      readonly account: KnownAccount;
    }
  /** Login or password is wrong, or the account is switched off. `account`: whose login it is, for the record alone. */
  | { readonly outcome: 'refused'; readonly account: KnownAccount | undefined }
  | { readonly outcome: 'throttled'; readonly retryAfterMs: number };

export interface SignInDesk {
  /**
   * @param origin of who asks; its address is what machines of one household or host share
   * @throws EngineError SINK_UNAVAILABLE, OVERLOADED
   */
  signIn(login: string, password: string, origin: SessionOrigin): Promise<SignedIn>;
  /** Whether it is the password of somebody who is signed in; ms to wait when too many were wrong. */
  isOwnPassword(account: KnownAccount, password: string): Promise<boolean | number>;
}

/** @param steady ms of a clock that never goes back */
export function createSignInDesk(
  book: AccessBook,
  steady: () => number = () => performance.now(),
): SignInDesk {
  const logins = new Attempts({ free: 5, firstMs: 1_000, mostMs: 300_000 });
  // Many may sign in from behind one address.
  const addresses = new Attempts({ free: 20, firstMs: 1_000, mostMs: 900_000 });
  const nobody = hashOfNothing();

  async function isRight(account: KnownAccount | undefined, password: string): Promise<boolean> {
    const isIt = await isPassword(password, account?.password ?? nobody);
    return isIt && account?.isActive === true;
  }

  return {
    async signIn(login, password, origin) {
      const { address } = origin;
      const now = steady();
      const name = foldLogin(login);
      const retryAfterMs = Math.max(logins.waitMs(name, now), addresses.waitMs(address, now));
      if (retryAfterMs > 0) return { outcome: 'throttled', retryAfterMs };
      logins.begin(name, now);
      addresses.begin(address, now);
      const account = book.byLogin(login);
      if (!(await isRight(account, password))) return { outcome: 'refused', account };
      logins.forget(name);
      addresses.takeBack(address);
      const begun = await book.beginSession(account!, origin);
      return { outcome: 'signed in', account: account!, ...begun };
    },

    async isOwnPassword(account, password) {
      const now = steady();
      const name = foldLogin(account.login);
      const waitMs = logins.waitMs(name, now);
      if (waitMs > 0) return waitMs;
      logins.begin(name, now);
      const isIt = await isRight(account, password);
      if (isIt) logins.forget(name);
      return isIt;
    },
  };
}
