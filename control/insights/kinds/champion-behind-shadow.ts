/**
 * A version is shown to be better than the champion, and waits for somebody: an approval, or to go on; or it passed its gates and
 * nobody has released it.
 *
 * Of a release the evidence holds at any time: the inverse of its e-value is a p-value (Ville 1939; see `pairedEvidence`). Of a version
 * that waits it is the holdout of its run: the interval by users (MacKinnon, Nielsen & Webb 2023; see `holdoutGate`) as a t-test.
 */

import type { Facts } from '../facts.ts';
import type { LifeFacts, ModelFacts, ReleaseFacts } from '../gather/modelFacts.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import { holdoutError, notBetter } from '../parts/holdout.ts';
import { dateOf, loss } from '../parts/insightWords.ts';
import { lossPromise, modelName, modelSubject, reachOf, whom } from '../parts/modelCard.ts';

const hourMs = 3_600_000;
/** Labelled predictions of both. */
const rowsMin = 500;
/** Brier score by which it must be better for the card to matter fully. */
const brierWorst = 0.05;

export const championBehindShadow: InsightKind = {
  kind: 'champion-behind-shadow',
  area: 'models',
  summary: 'A better version is ready and waits for somebody.',
  test:
    'A release that awaits approval or is paused: the e-value of its paired Brier scores, valid at any time, as a p-value, with ' +
    `${rowsMin} labelled predictions that both made. A version that passed its gates and that nobody has released: its log loss in the ` +
    "holdout of its run less the champion's, by users.",
  find: (facts) =>
    (facts.models ?? []).flatMap((model): Candidate[] => {
      const { life } = model;
      if (life === null) return [];
      if (life.release !== null) return ofRelease(model, life, life.release, facts);
      return life.plan.release.automatic ? [] : ofWaiting(model, life, facts);
    }),
};

function ofRelease(
  model: ModelFacts,
  life: LifeFacts,
  release: ReleaseFacts,
  facts: Facts,
): Candidate[] {
  const { version, against, paired, awaits, paused, since } = release;
  if (paired === null || paired.count < rowsMin || (awaits === null && !paused)) return [];
  const { mean, lower, upper, count, lnBetter } = paired;
  if (mean === null) return [];
  const gain = -mean;
  const move = awaits === null ? 'resume' : 'approve';
  const goal =
    awaits === 'champion'
      ? `Version ${version} becomes the champion and serves all users from the next event on.`
      : awaits === 'canary'
        ? `Version ${version} serves its first users, ${Math.round(100 * (life.plan.release.canary[0]?.share ?? 0))} % of all.`
        : `The release of version ${version} goes on from where it was paused.`;
  const days = Math.max(0, Math.floor((facts.now - since) / 86_400_000));
  return [
    {
      ...{ subject: modelSubject(model), judgedAt: wholeHour(facts) },
      pValue: Math.min(1, Math.exp(-lnBetter)),
      tell: () => ({
        changed: `Version ${version} of ${modelName(model)} is better than version ${against}, which serves, and ${awaits === null ? 'its release is paused' : 'waits for an approval'}.`,
        why: [
          `Over ${count.toLocaleString('en')} predictions that both made, its Brier score is ${loss(gain)} better${ends(lower, upper)}.`,
          'The interval holds at any time, so that looking often does no harm.',
          `It has waited for ${days === 1 ? '1 day' : `${days} days`}.`,
        ],
        ignored: `All users but those of the release are served by version ${against}, which is known to be worse.`,
        evidence: {
          kind: 'bars',
          caption: `Brier score of version ${version} less that of version ${against}; below 0 it is better`,
          unit: 'number',
          bars: [{ name: `Version ${version}`, value: mean, lower, upper, isMeant: true }],
          reference: { name: `Version ${against}`, value: 0 },
        },
        action: {
          label: awaits === null ? 'Let the release go on' : 'Approve it',
          page: `/models/${model.key}/versions`,
          request: {
            ...{ method: 'POST', path: `/v1/models/${model.key}/release`, body: { move } },
            reasonField: 'reason',
          },
          needs: 'operate',
          consequence: goal,
          undo: `Go back to version ${against}, or abort the release.`,
        },
        promise: {
          measure: {
            ...{ kind: 'model', pipeline: model.pipeline, model: model.key },
            ...{ figure: 'brier', slice: null },
          },
          ...{ unit: 'number', better: -1, low: lower, high: Math.min(0, upper ?? 0) },
          horizonMs: 7 * 86_400_000,
          sentence: `The Brier score falls by about ${loss(gain)} within seven days, once it serves all.`,
        },
        since: Math.min(since, facts.eventTime),
        impact: {
          value: Math.min(1, Math.max(0, gain / brierWorst)),
          words: `Predictions could be better by ${loss(gain)} of Brier score for ${whom(model)}.`,
        },
        reach: reachOf(model, facts),
      }),
    },
  ];
}

function ofWaiting(model: ModelFacts, life: LifeFacts, facts: Facts): Candidate[] {
  const { waiting } = life;
  if (waiting?.holdout == null || waiting.holdout.count < rowsMin) return [];
  const { version, holdout } = waiting;
  const { value, lower, upper, count } = holdout;
  const made = life.runs.find((run) => run.version === version);
  return [
    {
      ...{
        subject: modelSubject(model),
        judgedAt: made?.causeAt ?? wholeHour(facts),
        pValue: notBetter(holdout),
      },
      tell: () => ({
        changed: `Version ${version} of ${modelName(model)} passed all gates and is better than version ${life.champion}, and nobody has released it.`,
        why: [
          `On ${count.toLocaleString('en')} examples that it had not seen, its log loss is ${loss(-value)} below that of version ${life.champion} (95 % interval: ${loss(-value - 1.96 * holdoutError(holdout))} to ${loss(-value + 1.96 * holdoutError(holdout))}).`,
          ...(made === undefined ? [] : [`It was trained on ${dateOf(made.startedAt)}.`]),
          'Its plan does not begin releases by itself.',
        ],
        ignored: `Users are served by version ${life.champion}, though a better one lies ready and grows old.`,
        evidence: {
          kind: 'bars',
          caption: `Log loss of version ${version} less that of version ${life.champion} on the holdout; below 0 it is better`,
          unit: 'number',
          bars: [{ name: `Version ${version}`, value, lower, upper, isMeant: true }],
          reference: { name: `Version ${life.champion}`, value: 0 },
        },
        action: {
          label: `Begin the release of version ${version}`,
          page: `/models/${model.key}/versions/${version}`,
          request: {
            method: 'POST',
            path: `/v1/models/${model.key}/releases`,
            body: { version, from: 'shadow' },
            reasonField: 'reason',
          },
          needs: 'operate',
          consequence: `Version ${version} predicts beside the champion first and serves nobody until it has shown that it is better.`,
          undo: 'Abort the release.',
        },
        promise: lossPromise(model, null, { low: Math.max(0, -upper), high: -lower }),
        since: Math.min(made?.causeAt ?? facts.eventTime, facts.eventTime),
        impact: {
          value: Math.min(1, Math.max(0, -value / 0.2)),
          words: `Log loss could be ${loss(-value)} lower for ${whom(model)}.`,
        },
        reach: reachOf(model, facts),
      }),
    },
  ];
}

/** What holds at any time may be looked at each hour. */
function wholeHour({ eventTime }: Facts): number {
  return Math.floor(eventTime / hourMs) * hourMs;
}

function ends(lower: number | null, upper: number | null): string {
  if (lower === null || upper === null) return '';
  return ` (interval: ${loss(-upper)} to ${loss(-lower)})`;
}
