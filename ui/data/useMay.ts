/** Whether the reader has a permission: what they may not do is shown, and says what it needs. */
import type { Permission } from '../../contracts/access.ts';
import { isAllowed, useSession } from './session.ts';

export function useMay(permission: Permission): boolean {
  return isAllowed(useSession(), permission);
}
