/** What a policy earns, in words: against its control, and against chance. */
import type { PolicyDetail, PolicyReport, Worth } from '../../contracts/policyApi.ts';
import { decimals, formatBetween, formatEstimate } from '../format/effects.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatChange, formatValue } from '../format/numbers.ts';
import { worth as words } from '../words/personalization.ts';

export const effectOf = ({ mean, low, high }: Worth) => ({ estimate: mean, low, high });

/** What a difference says, as a word. */
export function judgeDifference({ mean, low, high }: Worth): Judgement {
  if (mean === null || low === null || high === null) return { tone: 'none', word: words.unknown };
  if (low > 0) return { tone: 'good', word: words.more };
  if (high < 0) return { tone: 'bad', word: words.less };
  return { tone: 'none', word: words.open };
}

/** The policy against every action as often: they share their decisions, so only intervals that lie apart tell them apart. */
export function judgeUniform({ worth: { policy }, uniform }: PolicyReport): Judgement {
  if (
    policy.low === null ||
    policy.high === null ||
    uniform.low === null ||
    uniform.high === null
  ) {
    return { tone: 'none', word: words.unknown };
  }
  if (policy.low > uniform.high) return { tone: 'good', word: words.more };
  if (policy.high < uniform.low) return { tone: 'bad', word: words.less };
  return { tone: 'none', word: words.open };
}

/** "+0.045"; null where one of the two is not known. */
export function overUniform({ worth: { policy }, uniform }: PolicyReport): number | null {
  return policy.mean === null || uniform.mean === null ? null : policy.mean - uniform.mean;
}

/** "+0.045", with as many digits as the policy's interval warrants; undefined where one of the two is not known. */
export function formatOverUniform(report: PolicyReport): string | undefined {
  const over = overUniform(report);
  if (over === null) return undefined;
  const { low, high } = report.worth.policy;
  if (low === null || high === null) return formatChange(over, formatValue);
  const digits = decimals(high - low);
  return Number(over.toFixed(digits)) === 0
    ? '±0'
    : formatChange(over, (size) => fixed(size, digits));
}

/** "0.54 (0.50 … 0.57)": with as many digits as the interval warrants. */
export function formatWorth({ mean, low, high }: Worth): string {
  if (mean === null) return words.unknown;
  if (low === null || high === null) return formatValue(mean);
  const digits = decimals(high - low);
  return words.interval(fixed(mean, digits), fixed(low, digits), fixed(high, digits));
}

/** With a true minus sign. */
export function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

/** What it earns against its control, as a clause; undefined while that is not known. */
export function worthClause({
  worth: { difference },
}: Pick<PolicyReport, 'worth'>): Judgement | undefined {
  const { tone } = judgeDifference(difference);
  if (difference.mean === null || difference.low === null || difference.high === null) {
    return undefined;
  }
  const effect = effectOf(difference);
  const between = formatBetween('continuous', effect);
  if (tone === 'good') {
    return { tone, word: words.clauseMore(formatEstimate('continuous', effect), between) };
  }
  if (tone === 'bad') {
    const lost = formatEstimate('continuous', { ...effect, estimate: -difference.mean });
    return { tone, word: words.clauseLess(lost.replace('+', ''), between) };
  }
  return { tone, word: words.clauseOpen(between) };
}

/**
 * The page's answer in one sentence.
 *
 * @param report undefined while it is on its way, or where there is none
 * @param missing what to say then
 */
export function detailSentence(
  { policy }: Pick<PolicyDetail, 'policy'>,
  report: PolicyReport | undefined,
  missing: string,
): Judgement {
  const { state, holdout } = policy;
  if (state === 'draft') return { tone: 'none', word: words.draft };
  if (policy.stages.length === 0) return { tone: 'none', word: words.neverStarted };
  const lead = state === 'running' ? '' : words.leads[state];
  if (report === undefined) return { tone: 'none', word: `${lead}${missing}` };
  const { policy: learnt, control } = report.worth;
  // Those of too few people are not counted, but there are some.
  if (learnt.decisions === 0 && control.decisions === 0) {
    return { tone: 'none', word: `${lead}${words.noDecisions}` };
  }
  const clause = worthClause(report);
  if (clause !== undefined) return { tone: clause.tone, word: `${lead}${clause.word}` };
  const { mean } = report.worth.policy;
  if (mean === null) return { tone: 'none', word: `${lead}${words.noRewards}` };
  const over = formatOverUniform(report);
  const earns = words.earns(formatValue(mean));
  const chance = over === undefined ? '.' : ` ${words.thanChance(over)}`;
  const why = holdout === 0 ? ` ${words.nobodyHeld}` : ` ${words.controlUnknown}`;
  return { tone: 'none', word: `${lead}${earns}${chance}${why}` };
}
