/** Which permission an answer would have needed: nothing is wrong then, and asking again gives nothing else. */
import type { Permission } from '../../contracts/access.ts';
import { ApiProblem } from './client.ts';

export function missingPermission(error: unknown): Permission | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'PERMISSION_MISSING') return undefined;
  const { permission } = error.details;
  return typeof permission === 'string' ? (permission as Permission) : undefined;
}
