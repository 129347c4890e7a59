/**
 * The policies that there are: what was defined, by whom, why, and what of it is in force.
 *
 * Every process that serves keeps them in memory, looks for newer revisions each second, and sees its own at once. A revision is
 * in the event log before it is in force.
 */

import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import { isLive } from '../../contracts/definitionState.ts';
import { Policy } from '../../contracts/policy.ts';
import { type PolicyRecord, policyEvent } from '../../contracts/policyRecord.ts';
import { DefinitionBook } from '../definitions/definitionBook.ts';
import { readHeads } from '../definitions/definitionRows.ts';
import { excessOf } from '../definitions/definitionSize.ts';
import { InForce } from '../definitions/inForce.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { knownDefinition } from '../definitions/knownDefinition.ts';
import { type MoveName, movedState } from '../definitions/life.ts';
import { atRevision, fromNewest } from '../definitions/newest.ts';
import { opened, type RegistryOptions } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import {
  type By,
  parseGiven,
  problemsOf,
  type Refused,
  refusal,
  refusedFor,
  refusedState,
} from '../definitions/written.ts';
import { changePolicy } from './changePolicy.ts';
import { checkPolicy, takenKey } from './checkPolicy.ts';
import { type KnownPolicy, policyKind } from './known.ts';

export type PolicyWritten =
  | {
      readonly outcome: 'created' | 'in place' | 'new stage';
      readonly policy: Policy;
      readonly revision: number;
      readonly problems: DefinitionProblem[];
    }
  | Refused;

export interface PolicyRegistry {
  /** The newest of each, by key. */
  policies(): readonly KnownPolicy[];
  policy(key: string): KnownPolicy | undefined;
  /** In the log already. The same object until it changes. */
  inForce(key: string): PolicyRecord | undefined;
  allInForce(): readonly PolicyRecord[];
  /** What is wrong with a definition, or worth a remark; anything may be given. */
  check(definition: unknown): DefinitionProblem[];
  /** Makes a draft. */
  create(definition: unknown, by: By): Promise<PolicyWritten>;
  /** Takes over a policy that runs already. Only a key that is free. */
  adopt(policy: Policy, by: By): Promise<PolicyWritten>;
  /** @param revision that the change was made from */
  change(key: string, definition: unknown, revision: number, by: By): Promise<PolicyWritten>;
  move(key: string, move: MoveName, by: By): Promise<PolicyWritten>;
  /** Looks for newer revisions now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Writes what the data plane may need into the log once more. @throws EngineError as `Announce` */
  announceAgain(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** @throws EngineError SINK_UNAVAILABLE */
export function openPolicies(options: RegistryOptions<PolicyRecord>): Promise<PolicyRegistry> {
  return opened(createPolicies(options));
}

/** Knows nothing until it has looked for the first time. */
export function createPolicies({
  store,
  announce,
  say,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: RegistryOptions<PolicyRecord>): PolicyRegistry {
  const told = createTellOnce(say);
  const tell = (sentence: string) => told.tell(sentence, sentence);
  const inForce = new InForce({ announce, kind: policyKind, told, clock });
  const book = new DefinitionBook<KnownPolicy>({
    ...{ store, kind: 'policy', tell, clock, settleMs },
    known: (rows) => knownDefinition(rows, policyKind, tell),
    onRead: (known) => inForce.take(known),
  });
  const look = async () => {
    await book.look(await readHeads(store));
    await inForce.announceNew();
  };
  const { alone, close } = keepLooking({
    look,
    everyMs: pollMs,
    onLooked: tellLooks(told, 'Policies'),
  });

  async function write(
    policy: Policy,
    revision: number,
    by: By,
    outcome: 'created' | 'in place' | 'new stage',
    spare: boolean,
  ): Promise<PolicyWritten> {
    const record: PolicyRecord = { revision, policy };
    const excess = excessOf(record, policyEvent, spare);
    if (excess !== undefined) {
      return refusal([
        `The definition takes ${excess} fit into an event of the log. Shorten payloads, conditions or the purpose.`,
      ]);
    }
    const isOurs = await book.write(policy.key, revision, record, by);
    const now = book.get(policy.key);
    if (!isOurs) return { outcome: 'stale', revision: now?.head.revision ?? revision };
    await inForce.announceMade(policy.key);
    const problems = checkPolicy(policy);
    return { outcome, policy: now!.record.policy, revision, problems };
  }

  async function add(policy: Policy, by: By): Promise<PolicyWritten> {
    const taken = takenKey(policy.key);
    if (taken !== undefined) return refusal([taken], 'key');
    await look();
    if (book.get(policy.key) !== undefined) return { outcome: 'exists' };
    const written = await write(policy, 1, by, 'created', true);
    return written.outcome === 'stale' ? { outcome: 'exists' } : written;
  }

  async function apply(
    { record, head }: KnownPolicy,
    wanted: Policy,
    by: By,
    judged: boolean,
  ): Promise<PolicyWritten> {
    const change = changePolicy(record.policy, wanted, clock());
    if (change.outcome === 'refused') return refusal(change.sentences);
    const { policy, outcome } = change;
    // A draft may be unfinished; what serves may not.
    const refused = judged && isLive(policy) ? refusedFor(checkPolicy(policy)) : undefined;
    if (refused !== undefined) return refused;
    const spare = record.policy.state === policy.state;
    return write(policy, head.revision + 1, by, outcome, spare);
  }

  function move(key: string, name: MoveName, by: By): Promise<PolicyWritten> {
    return fromNewest(book, look, key, async (before: KnownPolicy): Promise<PolicyWritten> => {
      const { policy } = before.record;
      const next = movedState('A policy', policy.state, name);
      if ('sentence' in next) return refusal([next.sentence], 'state');
      const isEntry = name === 'start' || name === 'resume';
      return apply(before, { ...policy, state: next.to }, by, isEntry);
    });
  }

  async function change(
    key: string,
    definition: unknown,
    revision: number,
    by: By,
  ): Promise<PolicyWritten> {
    await look();
    const newest = atRevision(book, key, revision);
    if (newest.outcome !== 'newest') return newest;
    const before = newest.known;
    const parsed = parseGiven(Policy, definition);
    if (parsed.outcome === 'malformed') return parsed;
    const { state } = before.record.policy;
    const moving = refusedState('policy', state, definition);
    if (moving !== undefined) return moving;
    return apply(before, { ...parsed.value, state }, by, true);
  }

  return {
    policies: () => book.all(),
    policy: (key) => book.get(key),
    inForce: (key) => inForce.get(key),
    allInForce: () => inForce.all(),
    check(definition) {
      const parsed = parseGiven(Policy, definition);
      if (parsed.outcome === 'parsed') return checkPolicy(parsed.value);
      return problemsOf(parsed);
    },
    async create(definition, by) {
      const parsed = parseGiven(Policy, definition);
      if (parsed.outcome === 'malformed') return parsed;
      if (parsed.value.state !== 'draft' || parsed.value.stages.length > 0) {
        const sentence =
          'A policy begins as a draft, without stages. Leave them out, and start it afterwards.';
        return refusal([sentence], 'state');
      }
      return alone(() => add(parsed.value, by));
    },
    adopt: (policy, by) => alone(() => add(policy, by)),
    change: (key, definition, revision, by) => alone(() => change(key, definition, revision, by)),
    move: (key, name, by) => alone(() => move(key, name, by)),
    refresh: () => alone(look),
    announceAgain: () => inForce.announceAgain(book.all()),
    close,
  };
}
