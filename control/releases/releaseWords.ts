/** What a release did and why, in the words that an administrator reads. */
import type { ArmEvidence, PairedEvidence } from '../../contracts/release.ts';
import { counted, percent } from '../words.ts';

/** A difference's size, without its sign: 0.012, 0.0004. */
function size(difference: number): string {
  const absolute = Math.abs(difference);
  if (absolute === 0) return '0';
  if (absolute < 0.00005) return 'under 0.0001';
  return absolute < 0.001 ? absolute.toFixed(4) : absolute.toFixed(3);
}

/** "0.012 above the champion's (0.004 to 0.020)". @param up the word for more, @param down for less */
function difference(
  { mean, lower, upper }: { mean: number; lower: number; upper: number },
  up: string,
  down: string,
  against: string,
): string {
  const word = mean >= 0 ? up : down;
  const how = mean === 0 ? `equal to ${against}` : `${size(mean)} ${word} ${against}`;
  const range =
    lower >= 0
      ? `${size(lower)} to ${size(upper)}`
      : upper <= 0
        ? `${size(upper)} to ${size(lower)}`
        : `from ${size(lower)} ${down} to ${size(upper)} ${up}`;
  return `${how} (${range})`;
}

/** "its Brier score is 0.012 above the champion's (0.004 to 0.020)". */
export function brierWords(
  { mean, lower, upper }: PairedEvidence,
  against = "the champion's",
): string {
  if (mean === null || lower === null || upper === null) return 'nothing is known of it yet';
  return `its Brier score is ${difference({ mean, lower, upper }, 'above', 'below', against)}`;
}

/** "first outcomes of those whom it served are 0.031 below the others' (0.010 to 0.052)". */
export function armWords({ difference: mean, lower, upper }: ArmEvidence): string {
  if (mean === null || lower === null || upper === null) {
    return "first outcomes of those whom it served are worse than the others'";
  }
  return `first outcomes of those whom it served are ${difference({ mean, lower, upper }, 'above', 'below', "the others'")}`;
}

export function answers(count: number): string {
  return counted(count, 'answer');
}

/** "It now serves 5 % of the users." */
export function servesWords(share: number): string {
  return `It now serves ${share >= 1 ? 'all users' : `${percent(share)} of the users`}.`;
}
