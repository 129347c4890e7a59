/** Under which name the reader acts: that of the account, or where nobody has one, what this browser calls itself. */
import { ownName } from './ownName.ts';
import { useSession } from './session.ts';

export function useWho(): string {
  useSession();
  return ownName();
}
