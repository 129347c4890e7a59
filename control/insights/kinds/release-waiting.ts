/** A release waits for the consent of a person. */
import { duration } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { begun, reachOf, standingPromise } from '../parts/standing.ts';

/** Whoever has to agree may take so long. */
const hoursLeast = 4;

export const releaseWaiting: InsightKind = {
  kind: 'release-waiting',
  area: 'operations',
  summary: 'A release waits for somebody to agree.',
  test: `A fact: a release has waited for consent for ${hoursLeast} hours or longer.`,
  find: (facts) =>
    (facts.operations?.waiting ?? []).flatMap(({ model, version, against, awaits, since }) => {
      const waited = facts.now - since;
      if (waited < hoursLeast * 3_600_000) return [];
      const what =
        awaits === 'canary' ? 'serve its first users' : `take the place of version ${against}`;
      return [
        {
          subject: { kind: 'model' as const, key: model, name: model },
          judgedAt: facts.eventTime,
          pValue: null,
          tell: () => ({
            changed: `Version ${version} of ${model} waits for somebody to agree that it may ${what}.`,
            why: [
              `It has shown what was asked of it, and has waited for ${duration(waited / 1_000)} since.`,
              'The plan of the model asks for consent at this step.',
            ],
            ignored:
              'Users keep the older version, and a newer one cannot be released before this one is through.',
            evidence: null,
            action: {
              label: awaits === 'canary' ? 'Let it serve its first users' : 'Make it the champion',
              page: `/models/${encodeURIComponent(model)}/versions`,
              request: {
                method: 'POST' as const,
                path: `/v1/models/${encodeURIComponent(model)}/release`,
                body: { move: 'approve' },
                reasonField: 'reason' as const,
              },
              needs: 'operate' as const,
              consequence:
                awaits === 'canary'
                  ? `Version ${version} serves a small share of the users; harm ends that by itself.`
                  : `Version ${version} serves everybody from the next event on.`,
              undo: 'Roll back on the page of its versions: the older one serves at once.',
            },
            promise: standingPromise('Nobody waits for consent any more.', 1),
            since: begun(facts, since),
            impact: { value: 0.3, words: 'A version that did better on trial serves nobody.' },
            reach: reachOf(facts, null),
          }),
        },
      ];
    }),
};
