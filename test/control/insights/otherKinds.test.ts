/**
 * Rules on experiments, personalization and operations: each is found where it should be, told in words that can be read, and its
 * button leads where it says.
 */
import type { FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { routePolicy } from '../../../api/access/routePolicy.ts';
import { Finding } from '../../../contracts/insight.ts';
import { ReleaseMove } from '../../../contracts/modelLifeApi.ts';
import type { Facts } from '../../../control/insights/facts.ts';
import type { Candidate, InsightKind } from '../../../control/insights/insightKind.ts';
import { insightKinds } from '../../../control/insights/kinds.ts';
import { policyDeskOf, registryOf, serverOf } from '../../api/fakes.ts';
import { experimentFacts, factsOf, metrics, now, policyFacts } from '../../support/insightFacts.ts';
import { insightSamples } from '../../support/insightSamples.ts';

const areas = new Set(['experiments', 'personalization', 'operations']);
const kinds = insightKinds.filter(({ area }) => areas.has(area));
const kindOf = new Map(insightKinds.map((kind) => [kind.kind, kind]));

function findingOf(kind: InsightKind, { judgedAt, pValue, tell }: Candidate): Finding {
  return Finding.parse({ kind: kind.kind, area: kind.area, ...tell(), judgedAt, pValue });
}

/** Of the kind, what a false-discovery rate of 5 % would show of a single test. */
function shownOf(kind: InsightKind, facts: Facts): Finding[] {
  return kind
    .find(facts)
    .filter(({ pValue }) => pValue === null || pValue <= 0.001)
    .map((candidate) => findingOf(kind, candidate));
}

test('every kind has a sample in which it is found', () => {
  expect(Object.keys(insightSamples).sort()).toEqual(kinds.map(({ kind }) => kind).sort());
});

test('of a quiet engine nothing is said', () => {
  const facts = factsOf({ experiments: [experimentFacts()], policies: [policyFacts()] });
  for (const kind of kinds) {
    for (const { pValue } of kind.find(facts)) {
      expect(pValue, kind.kind).not.toBeNull();
      expect(pValue!, kind.kind).toBeGreaterThan(0.05);
    }
  }
});

test('of nothing that could be gathered nothing is said', () => {
  const none = { experiments: null, policies: null, operations: null };
  for (const kind of kinds) expect(kind.find(factsOf(none)), kind.kind).toEqual([]);
});

describe.each(Object.entries(insightSamples))('%s', (name, samples) => {
  const kind = kindOf.get(name)!;

  test('is found, by one test of each subject at most', () => {
    for (const facts of samples) {
      const candidates = kind.find(facts);
      const subjects = candidates.map(({ subject }) => `${subject.kind}:${subject.key}`);
      expect(new Set(subjects).size).toBe(subjects.length);
      for (const { pValue, judgedAt } of candidates) {
        expect(pValue === null || (pValue >= 0 && pValue <= 1)).toBe(true);
        expect(judgedAt).toBeLessThanOrEqual(facts.eventTime);
      }
      expect(shownOf(kind, facts)).toHaveLength(1);
    }
  });

  test('reads as sentences', () => {
    for (const facts of samples) {
      for (const finding of shownOf(kind, facts)) {
        const { changed, why, ignored, impact, action, promise } = finding;
        const texts = [changed, ...why, ignored, impact.words];
        for (const text of [...texts, ...(promise === null ? [] : [promise.sentence])]) {
          expect(text).toMatch(/^[“A-Z0-9a-z].*[.]$/);
          expect(text).not.toMatch(/undefined|null|NaN|Infinity|\bp =|p-value/);
          // Singular and plural.
          expect(text).not.toMatch(/\b1 (users|events|alerts|groups|actions|decisions|days)\b/);
          expect(text).not.toMatch(/\b(0|[2-9]|\d\d+) (user|event|alert|group|action|decision)\b/);
        }
        if (action !== null) {
          expect(action.label).toMatch(/^[A-Z].*[^.]$/);
          for (const text of [action.consequence, action.undo]) expect(text).toMatch(/^[A-Z].*\.$/);
        }
        if (process.env['SHOW'] !== undefined) {
          const lines = [...why.map((each) => `  · ${each}`), `  if ignored: ${ignored}`];
          const button =
            action === null ? '–' : `[${action.label}] ${action.consequence} ${action.undo}`;
          lines.push(`  impact: ${impact.words} (${impact.value})`, `  ${button}`);
          if (promise !== null) lines.push(`  promises: ${promise.sentence}`);
          console.log(`${kind.kind}: ${changed}\n${lines.join('\n')}`);
        }
      }
    }
  });
});

describe('no button leads to a refusal', () => {
  const pages = [
    /^\/pipelines$/,
    /^\/experiments\/(plan|new)$/,
    /^\/experiments\/[^/]+(\/edit)?$/,
    /^\/personalization\/[^/]+(\/edit)?$/,
    /^\/anomalies\/watches(\/[^/]+)?$/,
    /^\/models\/[^/]+\/versions$/,
  ];
  const cases = Object.entries(insightSamples).flatMap(([name, samples]) =>
    samples.map((facts, i) => ({ name, facts, i })),
  );

  test.each(cases)('$name $i', async ({ name, facts }) => {
    const [{ action }] = shownOf(kindOf.get(name)!, facts) as [Finding];
    expect(action).not.toBeNull();
    expect(pages.some((page) => page.test(action!.page))).toBe(true);
    if (action!.request === null) return;
    const { method, path, body, reasonField } = action!.request;
    const route = `${method} ${path.replace(/^(\/v1\/\w+\/)[^/]+/, '$1:key')}`;
    const policy = routePolicy[route] ?? routePolicy[route.replace(':key', ':model')];
    expect(policy?.needs).toBe(action!.needs);
    const given =
      reasonField === '' ? body : { ...body, [reasonField]: 'Because the card says so.' };
    if (path.startsWith('/v1/models/')) {
      expect(ReleaseMove.safeParse(given).success).toBe(true);
      return;
    }
    const app = await serverKnowing(facts);
    const answer = await app.inject({ method, url: path, payload: given });
    expect(answer.statusCode, answer.body).toBe(200);
    await app.close();
  });

  /** With the experiments and policies of the facts, at the revisions that the facts have. */
  async function serverKnowing(facts: Facts): Promise<FastifyInstance> {
    const by = { actor: 'test', reason: '' };
    const registry = registryOf({ clock: () => now });
    for (const metric of metrics) await registry.createMetric(metric, by);
    for (const { experiment, revision } of facts.experiments ?? []) {
      expect(await registry.adopt(experiment, by)).toMatchObject({ revision: 1 });
      for (let i = 2; i <= revision; i += 1) {
        await registry.annotate(experiment.key, { add: { at: now, text: `${i}` } }, by);
      }
    }
    const desk = policyDeskOf();
    for (const { policy, revision } of facts.policies ?? []) {
      await desk.registry.adopt(policy, by);
      for (let i = 2; i <= revision; i += 1) {
        await desk.registry.change(policy.key, { ...policy, purpose: `${i}` }, i - 1, by);
      }
    }
    return serverOf({
      experiments: { registry, fresh: () => undefined, certificate: async () => undefined },
      policies: desk,
    });
  }
});
