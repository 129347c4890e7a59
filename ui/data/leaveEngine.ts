/** Signs out, here and in the other tabs of the browser. */
import { deleteJson } from './client.ts';
import { leaveSession } from './session.ts';

/** @throws ApiProblem when the engine was not told: then the session goes on */
export async function leaveEngine(): Promise<void> {
  await deleteJson('/v1/session');
  leaveSession();
  // A browser that has kept the page for the way back shows the one that signs in.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  location.assign('/sign-in');
}
