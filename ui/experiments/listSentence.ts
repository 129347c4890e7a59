/** What needs the reader now, in one sentence over the list. */
import type { ExperimentSummary } from '../../contracts/experimentApi.ts';
import { formatDays } from '../format/effects.ts';
import type { Judgement } from '../format/judgements.ts';
import { list as words } from '../words/experiments.ts';

/** The urgent first. */
const urgency = ['invalid', 'stop', 'ship'] as const;
type Need = (typeof urgency)[number];

/** Names in the sentence; the rest is counted. */
const namesMax = 3;

/** Why a live experiment needs a decision; undefined when it does not. */
export function needOf({ state, verdict, sampleRatioAlarm }: ExperimentSummary): Need | undefined {
  if (state !== 'running' && state !== 'paused') return undefined;
  if (sampleRatioAlarm) return 'invalid';
  return verdict === null || verdict.word === 'keep running' ? undefined : verdict.word;
}

export function listSentence(experiments: readonly ExperimentSummary[]): Judgement {
  if (experiments.length === 0) return { tone: 'none', word: words.none };
  const needing = urgency.flatMap((need) =>
    experiments
      .filter((experiment) => needOf(experiment) === need)
      .map(({ name }) => ({ need, name })),
  );
  const [first] = needing;
  if (first !== undefined) {
    const tone = { invalid: 'bad', stop: 'attention', ship: 'good' } as const;
    const named = needing.slice(0, namesMax).map(({ need, name }) => words.needs[need](name));
    const more = needing.length - named.length;
    const rest = more > 0 ? [...named, words.more(more)] : named;
    return { tone: tone[first.need], word: words.needing(needing.length, joined(rest)) };
  }
  const running = experiments.filter(({ state }) => state === 'running');
  const drafts = experiments.filter(({ state }) => state === 'draft').length;
  const paused = experiments.filter(({ state }) => state === 'paused').length;
  if (running.length === 0) {
    if (paused > 0) return { tone: 'attention', word: words.onlyPaused(paused) };
    return { tone: 'none', word: drafts > 0 ? words.onlyDrafts(drafts) : words.noneRuns };
  }
  const days = running
    .flatMap(({ verdict }) => (verdict?.daysLeft == null ? [] : [verdict.daysLeft]))
    .sort((a, b) => a - b)[0];
  const next = days === undefined ? '' : ` ${words.next(formatDays(days))}`;
  return { tone: 'good', word: `${words.calm(running.length)}${next}` };
}

/** a · a and b · a, b and c */
function joined(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
