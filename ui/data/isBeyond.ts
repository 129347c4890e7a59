/** Whether an answer did not come because it is not about the place that is looked at: nothing is wrong then. */
import { ApiProblem } from './client.ts';

/** What is told of the whole engine alone; a metric that is not kept by course; a place of others. */
const codes: readonly string[] = ['SCOPE_UNSUPPORTED', 'PLACE_UNSUPPORTED', 'PLACE_MISSING'];

export function isBeyond(error: unknown): boolean {
  return error instanceof ApiProblem && codes.includes(error.code ?? '');
}
