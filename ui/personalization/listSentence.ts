/** How the policies stand, in one sentence over the list. */
import type { PolicySummary } from '../../contracts/policyApi.ts';
import type { Judgement } from '../format/judgements.ts';
import { list as words } from '../words/personalization.ts';
import type { BriefReport } from './queries.ts';
import { judgeDifference } from './worth.ts';

/**
 * @param reports by key, of those that are known
 *
 * @example
 * listSentence([], new Map()); // { tone: 'none', word: 'There is no policy yet.' }
 */
export function listSentence(
  policies: readonly PolicySummary[],
  reports: ReadonlyMap<string, BriefReport>,
): Judgement {
  if (policies.length === 0) return { tone: 'none', word: words.none };
  const running = policies.filter(({ state }) => state === 'running');
  if (running.length === 0) {
    const paused = policies.filter(({ state }) => state === 'paused').length;
    const drafts = policies.filter(({ state }) => state === 'draft').length;
    if (paused > 0) return { tone: 'attention', word: words.onlyPaused(paused) };
    return { tone: 'none', word: drafts > 0 ? words.onlyDrafts(drafts) : words.noneRuns };
  }
  const standing = (tone: string) =>
    running.filter(({ key }) => {
      const report = reports.get(key);
      return report !== undefined && judgeDifference(report.worth.difference).tone === tone;
    });
  const [better, worse] = [standing('good'), standing('bad')];
  if (worse.length > 0) {
    return {
      tone: 'bad',
      word: words.worse(
        running.length,
        worse.map(({ name }) => name),
      ),
    };
  }
  if (better.length > 0) return { tone: 'good', word: words.better(running.length, better.length) };
  return { tone: 'none', word: words.open(running.length) };
}
