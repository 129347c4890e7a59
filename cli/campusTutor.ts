/**
 * The synthetic campus as an application that is served by a policy: students ask what to do next, get what the engine decides,
 * and say whether it helped. It uses the client that applications use.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../api/client/client.ts';
import type { PolicyRegistry } from '../control/policies/openPolicies.ts';
import type { Campus } from '../sources/campus/campus.ts';
import { formats, programmes } from '../sources/campus/curriculum.ts';
import { campusPolicy } from '../sources/campus/policies.ts';
import {
  below,
  exponential,
  type RandomState,
  randomState,
  reseed,
  uniform,
} from '../sources/campus/random.ts';
import { suggestionPolicy } from '../sources/campus/response.ts';
import type { Engine } from './engine.ts';

const actor = 'campus';
/** Mean time between two students who ask, and between a suggestion and its feedback, ms. */
const pauseMeanMs = 2_000;
const feedbackMeanMs = 4_000;

/**
 * Defines the policy, unless it is there already.
 *
 * @returns sentences about what was done
 * @throws EngineError as the registry's writes
 */
export async function defineCampusPolicy(
  registry: PolicyRegistry,
  campus: Campus,
): Promise<string[]> {
  const policy = campusPolicy(campus);
  const by = { actor, reason: 'The synthetic campus is served by it.' };
  const written = await registry.adopt(policy, by);
  return written.outcome === 'created' ? [`It is served by the policy “${policy.name}”.`] : [];
}

/** Runs until the signal aborts. @param engine its address, and the key by which it knows its own process */
export async function playTutor(
  { url, ownKey }: Pick<Engine, 'url' | 'ownKey'>,
  campus: Campus,
  signal: AbortSignal,
): Promise<void> {
  // Each student who thinks listens.
  setMaxListeners(0, signal);
  const client = createClient({ url, headers: { authorization: `Bearer ${ownKey}` } });
  const random = randomState();
  // Another course of chance after each start: who asks now has not asked before.
  reseed(random, Date.now() % 2 ** 31, 0, 0);
  const under = new Set<Promise<void>>();
  while (!signal.aborted) {
    const asking = askOnce(client, campus, random, signal).catch(() => undefined);
    under.add(asking);
    void asking.finally(() => under.delete(asking));
    await pause(exponential(random) * pauseMeanMs, signal);
  }
  await Promise.all(under);
  await client.close();
}

async function askOnce(
  client: Client,
  { students, truth }: Campus,
  random: RandomState,
  signal: AbortSignal,
): Promise<void> {
  const student = below(random, students);
  const { programme } = truth.student(student);
  const user = `student-${String(1_000_000 + student).slice(1)}`;
  const query = { policy: suggestionPolicy, user, attributes: { programme } };
  const { chosen } = await client.decide(query, { action: formats[0] });
  const { decision, action } = chosen[0]!;
  await pause(exponential(random) * feedbackMeanMs, signal);
  const place = programmes.findIndex(({ name }) => name === programme);
  const helped = truth.suggestions.rewards[place]![formats.indexOf(action as Format)]!;
  const value = uniform(random) < helped ? 1 : 0;
  client.send({ type: 'feedback', user, decision, value, context: { attributes: { programme } } });
}

type Format = (typeof formats)[number];

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
