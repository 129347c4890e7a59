/** Which permission an answer would have needed: nothing is wrong then, and asking again gives nothing else. */
import { type Permission, permissions } from '../../contracts/access.ts';
import { ApiProblem } from './client.ts';

export function missingPermission(error: unknown): Permission | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'PERMISSION_MISSING') return undefined;
  return permissions.find((each) => each === error.details['permission']);
}
