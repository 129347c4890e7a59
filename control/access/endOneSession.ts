/** An administrator ends one session of an account, as far as they may act for it. */
import type { AccessBook } from './accessBook.ts';
import type { AccountRefusal, Giver } from './changeAccounts.ts';
import { whyNotFor } from './changeAccounts.ts';

/**
 * @param session its short id
 * @returns why not; undefined when it is over
 * @throws EngineError SINK_UNAVAILABLE: then it is over in this process alone
 */
export async function endOneSession(
  book: AccessBook,
  account: string,
  session: string,
  giver: Giver,
): Promise<AccountRefusal | 'no such session' | undefined> {
  const refused = whyNotFor(book.account(account), giver.principal);
  if (refused !== undefined) return refused;
  const found = book.openSessions(account).find(({ id }) => shortId(id) === session);
  if (found === undefined) return 'no such session';
  await book.endSessions([found]);
  return undefined;
}

/** What a session is called outside: enough to tell it, and nothing that opens it. */
export function shortId(id: string): string {
  return id.slice(0, 16);
}
