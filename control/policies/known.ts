/** Policies as definitions: how their rows are read, and how a change is put into words. */
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import type { Policy } from '../../contracts/policy.ts';
import { PolicyRecord } from '../../contracts/policyRecord.ts';
import { jsonOf, type Kind, type Known } from '../definitions/knownDefinition.ts';

export type KnownPolicy = Known<PolicyRecord>;

export const policyKind: Kind<PolicyRecord> = {
  read({ key, revision, definition }) {
    const { data } = PolicyRecord.safeParse(jsonOf(definition));
    return data?.revision === revision && data.policy.key === key ? data : undefined;
  },
  stateOf: ({ policy }) => policy.state,
  // A draft decides nothing.
  isIdle: ({ policy }) => policy.state === 'draft',
  describe: (before, { policy }) => describePolicyChange(before?.policy, policy),
};

const stateWords = {
  draft: 'Back to a draft',
  running: 'Started',
  paused: 'Paused',
  stopped: 'Stopped',
  archived: 'Put away',
} as const;

const partWords: Readonly<Partial<Record<keyof Policy, string>>> = {
  name: 'name',
  purpose: 'purpose',
  algorithm: 'algorithm',
  open: 'whether requests may bring actions',
  context: 'features of the context',
  traits: 'features of actions',
  reward: 'reward',
  floor: 'least probability',
  holdout: 'share of the held-out',
  control: 'control',
  pins: 'pinned actions',
  segments: 'segments',
};

/**
 * @param before undefined when there was none
 * @returns a sentence without its full stop
 *
 * @example
 * describePolicyChange(policy, { ...policy, floor: 0.1 }); // 'Changed: least probability 0.05 → 0.1'
 */
export function describePolicyChange(before: Policy | undefined, after: Policy): string {
  if (before === undefined) return 'Created';
  if (before.state !== after.state) {
    return before.state === 'paused' && after.state === 'running'
      ? 'Resumed'
      : stateWords[after.state];
  }
  const parts = (Object.keys(partWords) as (keyof Policy)[]).flatMap((part) => {
    if (canonicalJson(before[part]) === canonicalJson(after[part])) return [];
    const [old, now] = [before[part], after[part]];
    const isPlain = typeof now !== 'object' || now === null;
    return [
      isPlain && part !== 'purpose'
        ? `${partWords[part]} ${shown(old)} → ${shown(now)}`
        : partWords[part]!,
    ];
  });
  parts.push(...actionChanges(before, after));
  return parts.length === 0 ? 'Nothing that matters' : `Changed: ${parts.join(', ')}`;
}

function shown(value: unknown): string {
  return value === null ? 'none' : String(value);
}

function actionChanges({ actions: before }: Policy, { actions: after }: Policy): string[] {
  const had = new Map(before.map((action) => [action.key, action]));
  const has = new Set(after.map(({ key }) => key));
  const changes = after.flatMap((action) => {
    const { key, offered } = action;
    const old = had.get(key);
    if (old === undefined) return [`action ${key} added`];
    if (old.offered !== offered) return [`action ${key} switched ${offered ? 'on' : 'off'}`];
    return canonicalJson(old) === canonicalJson(action) ? [] : [`action ${key}`];
  });
  return [
    ...changes,
    ...before.filter(({ key }) => !has.has(key)).map(({ key }) => `action ${key} removed`),
  ];
}
