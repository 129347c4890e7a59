/** What to do when the button of a card could not do it. */
import { ApiProblem } from '../data/client.ts';
import { acceptance } from '../words/recommendations.ts';

const words = acceptance.helps;

export function acceptHelp(error: unknown): string {
  if (!(error instanceof ApiProblem)) return words.failed;
  const { status } = error;
  if (status === 0) return words.failed;
  if (status === 401) return words.unsigned;
  if (status === 403) return words.forbidden;
  if (status === 404) return words.absent;
  return status >= 500 ? words.failed : words.refused;
}
