/** Signs out, here and in the other tabs of the browser. */
import { deleteJson } from './client.ts';
import { leaveSession } from './session.ts';

/** @throws ApiProblem when the engine was not told: then the session goes on */
export async function leaveEngine(): Promise<void> {
  await deleteJson('/v1/session');
  leaveSession();
  location.assign('/sign-in');
}
