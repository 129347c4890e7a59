/**
 * Puts the candidates and the policy that decided in order, each with the reason for its place.
 *
 * By the self-normalized doubly robust estimate; of what was logged, by its mean. Behind all others stand those of which the log
 * says too little for a comparison: their estimate may be anything.
 */
import type { LookedEstimate, Place } from '../../../contracts/policyEvaluationApi.ts';

export interface Ranked {
  readonly name: string;
  readonly value: LookedEstimate;
  /** Share of its choices without a chance in the log. */
  readonly unsupported: number;
  readonly undecided: number;
  readonly effectiveSampleSize: number;
  /** Standard errors between its mean weight and 1. */
  readonly deviation: number;
  /** Less what was logged, at all times; absent for what was logged. */
  readonly lessLogged?: { readonly low: number; readonly high: number };
}

/** What a reader takes for a difference: paired, at one look. */
export type Compare = (first: Ranked, second: Ranked) => LookedEstimate;

/** Decisions of the candidate itself that the log must be worth. */
const effectiveMin = 100;
const unsupportedMax = 0.1;
const undecidedMax = 0.1;
const deviationMax = 4;

export function rankCandidates(
  candidates: readonly Ranked[],
  compare: Compare,
  decisions: number,
): Place[] {
  const judged = candidates.map((candidate) => ({
    candidate,
    doubt: doubtOf(candidate, decisions),
  }));
  const value = ({ candidate }: (typeof judged)[number]) => candidate.value.estimate ?? -Infinity;
  judged.sort(
    (a, b) =>
      Number(a.doubt !== undefined) - Number(b.doubt !== undefined) || value(b) - value(a) || 0,
  );
  return judged.map(({ candidate, doubt }, i) => {
    const next = judged[i + 1];
    const sentences =
      doubt === undefined
        ? [ownSentence(candidate), againstLogged(candidate), againstNext(candidate, next, compare)]
        : [doubt, ownSentence(candidate)];
    const { estimate, low, high } = candidate.value;
    return {
      place: i + 1,
      candidate: candidate.name,
      ...{ estimate, low, high },
      reason: sentences.filter((sentence) => sentence !== '').join(' '),
    };
  });
}

function doubtOf(candidate: Ranked, decisions: number): string | undefined {
  const { unsupported, undecided, effectiveSampleSize, deviation } = candidate;
  if (candidate.lessLogged === undefined) return undefined;
  if (unsupported > unsupportedMax) {
    return `Stands behind: ${percent(unsupported)} of its choices had no chance in the log, so nobody knows what they would have earned.`;
  }
  if (undecided > undecidedMax) {
    return `Stands behind: for ${percent(undecided)} of the decisions it had no action, or lacked a feature without which it does not decide.`;
  }
  if (deviation > deviationMax) {
    return `Stands behind: its mean weight is ${deviation.toFixed(1)} standard errors from 1, so the logged probabilities are in doubt.`;
  }
  if (!(effectiveSampleSize >= effectiveMin)) {
    const worth = Number.isNaN(effectiveSampleSize) ? 0 : Math.round(effectiveSampleSize);
    return `Stands behind: for it the ${count(decisions)} decisions are worth ${count(worth)}, fewer than ${effectiveMin}.`;
  }
  return undefined;
}

function ownSentence({ value, lessLogged }: Ranked): string {
  const { estimate, low, high } = value;
  if (estimate === null) return 'Nothing can be estimated.';
  const range =
    low === null || high === null ? '' : ` (${figure(low)} to ${figure(high)} at one look)`;
  const verb = lessLogged === undefined ? 'Has earned' : 'Would have earned';
  return `${verb} ${figure(estimate)} a decision${range}.`;
}

function againstLogged({ lessLogged }: Ranked): string {
  if (lessLogged === undefined) return '';
  const { low, high } = lessLogged;
  const range = `${figure(low)} to ${figure(high)}, at all times`;
  if (low > 0) return `More than what was logged: by ${range}.`;
  if (high < 0) return `Less than what was logged: by ${range}.`;
  return `Not told apart from what was logged (${range}).`;
}

function againstNext(
  candidate: Ranked,
  next: { readonly candidate: Ranked; readonly doubt: string | undefined } | undefined,
  compare: Compare,
): string {
  if (next === undefined || next.doubt !== undefined) return '';
  const { estimate, low, high } = compare(candidate, next.candidate);
  if (estimate === null || low === null || high === null) return '';
  const { name } = next.candidate;
  const range = `${figure(low)} to ${figure(high)} at one look`;
  return low > 0
    ? `${figure(estimate)} more than ${name} (${range}).`
    : `Stands before ${name} by ${figure(estimate)}, which may be chance (${range}).`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
