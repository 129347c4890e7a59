/** Who had learnt from a person, and from how much: policies, online models, and versions that were trained. */

import type { Store } from '../../contracts/store.ts';
import type { ErasureReceipt } from '../../contracts/userApi.ts';
import { readObjection } from '../objections/objectionRows.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';

type LearntFrom = ErasureReceipt['learntFrom'];

/** A run may have read its examples so long before its version was made, ms. */
const runMsMax = 86_400_000;

/**
 * A version has learnt from the person's examples that lie between the first and the last of its training set. Examples that were
 * removed before, by their retention, are not known any more.
 *
 * @param models none: versions are not told of
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readLearntFrom(
  store: Store,
  user: string,
  models: readonly KnownModel[],
): Promise<LearntFrom> {
  const policies = await store.query<LearntFrom[number]>(
    `SELECT concat('policy ', policy) AS what, toUInt32(count()) AS events FROM policy_decisions FINAL
     WHERE user = {user:String} AND reward IS NOT NULL GROUP BY policy ORDER BY policy`,
    { user },
  );
  const [answers] = await store.query<{ events: number }>(
    `SELECT toUInt32(count()) AS events FROM events WHERE user = {user:String} AND type = 'answered'`,
    { user },
  );
  const events = answers?.events ?? 0;
  return [
    ...policies,
    ...(events > 0 ? [{ what: 'model answer', events }] : []),
    ...(await readVersions(store, user, models)),
  ];
}

async function readVersions(
  store: Store,
  user: string,
  models: readonly KnownModel[],
): Promise<LearntFrom> {
  const examples = await store.query<{ model: string; features: string; times: number[] }>(
    `SELECT model, feature_version AS features, groupArray(toUnixTimestamp64Milli(time)) AS times FROM examples FINAL
     WHERE user = {user:String} GROUP BY model, features`,
    { user },
  );
  if (examples.length === 0) return [];
  const { to, since } = await readObjection(store, user);
  const leftOutFrom = to.includes('training') && since !== null ? since + runMsMax : Infinity;
  return models.flatMap(({ model, versions }) =>
    versions.flatMap(({ version: { version, data }, madeAt, removed }) => {
      if (data === null || removed || madeAt > leftOutFrom) return [];
      const [features] = version.split('.');
      const own = examples.find((each) => each.model === model && each.features === features);
      const times = (own?.times ?? []).map(Number);
      const learnt = times.filter((at) => at >= data.from && at <= data.to).length;
      return learnt === 0 ? [] : [{ what: `model ${model} ${version}`, events: learnt }];
    }),
  );
}
