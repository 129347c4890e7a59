/** Whether an answer did not come because it is not about the place that is looked at: nothing is wrong then. */
import { ApiProblem } from './client.ts';

/** What is told of the whole engine alone, and what is not kept by course. */
const codes: readonly string[] = ['SCOPE_UNSUPPORTED', 'NOT_BY_PLACE'];

export function isBeyond(error: unknown): boolean {
  return error instanceof ApiProblem && codes.includes(error.code ?? '');
}
