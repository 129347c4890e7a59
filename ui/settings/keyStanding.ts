/** Whether a key still opens anything. */
import type { ApiKey } from '../../contracts/accessApi.ts';

export function keyStanding(
  { revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>,
  now: number,
): 'inUse' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'inUse';
}
