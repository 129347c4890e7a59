/**
 * The policies of a log that is to be run twice, as records of the log itself; and which decisions are of which.
 *
 * The campus knows one, by which every decision is made. Here each other student is served by a second one that adds up what
 * comes within minutes and learns 0 where nothing comes.
 */
import { Policy } from '../../contracts/policy.ts';
import type { PolicyRecord } from '../../contracts/policyRecord.ts';
import type { Announce } from '../../control/definitions/announcer.ts';
import type { Campus } from '../../sources/campus/campus.ts';
import { campusPolicy } from '../../sources/campus/policies.ts';
import { suggestionPolicy } from '../../sources/campus/response.ts';

const brief = 'tutor-brief';
const everyMs = 5 * 60_000;
const horizonMs = 10 * 60_000;
/** Forgotten over the days of the campus, so that no sum is one of whole numbers. */
const halfLifeMs = 86_400_000;

/** Its learner takes each reward by what it knows already: what is learnt depends on the order, to the last bit. */
function briefPolicy(campus: Campus): Policy {
  return Policy.parse({
    ...campusPolicy(campus),
    key: brief,
    name: 'What the tutor suggests, judged at once',
    algorithm: {
      name: 'logistic-thompson',
      learner: { name: 'logistic-disjoint', parameters: { halfLifeMs } },
    },
    reward: {
      rules: [
        { filter: { field: 'type', is: 'feedback' }, value: { times: 0.5, plus: 0.1 } },
        { filter: { field: 'type', is: 'completed' }, match: 'user', value: 0.2 },
        { filter: { field: 'type', is: 'answered' }, match: 'user', value: { times: 0.15 } },
      ],
      combine: 'sum',
      absent: 0,
      horizonMs,
    },
  });
}

/**
 * Writes definitions into every partition of a log.
 *
 * @param turn 1: both run; 2: the brief one is paused; 3: it goes on
 */
export async function announcePolicies(
  announce: Announce<PolicyRecord>,
  campus: Campus,
  turn: 1 | 2 | 3,
): Promise<void> {
  const state = turn === 2 ? 'paused' : 'running';
  const policies = [campusPolicy(campus), { ...briefPolicy(campus), state } as const];
  await announce(
    policies
      .filter(({ key }) => turn === 1 || key === brief)
      .map((policy) => ({ record: { revision: turn, policy }, at: campus.start })),
  );
}

/**
 * The record of an event with the policy of its student: decisions of the brief one are made every five minutes, so that several
 * are due at the same time.
 */
export function withPolicy(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const named = `"policy":"${suggestionPolicy}"`;
  const [user, last] = /"user":"[^"]*(\d)"/.exec(text) ?? [];
  if (user === undefined || Number(last) % 2 === 0 || !text.includes(named)) return bytes;
  const renamed = text.replace(named, `"policy":"${brief}"`);
  const isDecision = text.includes('"type":"decision"');
  const timed = isDecision ? renamed.replace(/"time":"([^"]+)"/, earlier) : renamed;
  return Buffer.from(timed, 'latin1');
}

function earlier(_: string, time: string): string {
  const at = Math.floor(Date.parse(time) / everyMs) * everyMs;
  return `"time":"${new Date(at).toISOString()}"`;
}
