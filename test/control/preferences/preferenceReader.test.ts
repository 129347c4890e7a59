/** What the serving plane knows of liking, over a real ClickHouse. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pipeline } from '../../../contracts/pipeline.ts';
import type { Store } from '../../../contracts/store.ts';
import { removeErased } from '../../../control/preferences/eraseUser.ts';
import { startPreferenceReader } from '../../../control/preferences/preferenceReader.ts';
import { emptyAffinity } from '../../../models/preference/affinity.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  eraseLine,
  learntFrom,
  likingLines,
  likingStart,
  ratedLine,
} from '../../support/likingLines.ts';
import { ratingsPipeline } from '../../support/likingPipeline.ts';
import { linesLog } from '../../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

async function run(
  store: Store,
  log: readonly string[],
  pipeline: Pipeline = learning,
): Promise<void> {
  const stop = new AbortController();
  await runPartition({
    pipeline,
    partition: 0,
    reader: linesLog(log, { chunk: 50, receivedAt: likingStart + 1e9, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 100, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= log.length) stop.abort();
    },
  });
}

/** Looks only when told to. */
const open = (store: Store, more = {}) =>
  startPreferenceReader({ store, everyMs: 3_600_000, ...more });

describe('what users like', () => {
  test('is asked for where it is not in memory, and answered as for everyone meanwhile', async () => {
    const store = await clickhouse.database('reader_asks');
    const log = likingLines(600, 6, 3);
    await run(store, log);
    const reader = open(store);
    expect(reader.affinity('u0', 'topic', 'art')).toBe(0);
    await reader.look();
    expect(reader.names()).toEqual(['topic']);
    expect(reader.users).toBe(0);
    const everyone = reader.read('nobody', 'topic', 'art');
    expect(reader.read('u0', 'topic', 'art')).toEqual(everyone);
    await reader.settled();
    // u0 likes art and music, u1 food and space.
    expect(reader.affinity('u0', 'topic', 'art')).toBeGreaterThan(0.2);
    expect(reader.affinity('u0', 'topic', 'food')).toBeLessThan(-0.2);
    const { model, population, rows, names, latest } = learntFrom(log, 6);
    const expected = emptyAffinity();
    for (const [number, name] of names.entries()) {
      model.affinity(population, rows, 0, number, latest, expected);
      const { mean, standardError } = reader.read('u0', 'topic', name);
      expect(mean).toBeCloseTo(expected.mean, 12);
      expect(standardError).toBeCloseTo(expected.standardError, 12);
    }
    expect(reader.read('nobody', 'topic', 'art')).toEqual(everyone);
    expect(reader.affinity('u0', 'topic', 'cheese')).toBeCloseTo(
      reader.read('u0', 'topic', 'art').level,
      12,
    );
    expect(reader.affinity('u0', 'colour', 'red')).toBe(0);
    await reader.close();
  });

  test('changes with what comes, and a new user is there without being asked for', async () => {
    const store = await clickhouse.database('reader_follows');
    const log = likingLines(300, 6, 3);
    await run(store, log);
    const reader = open(store);
    await reader.look();
    reader.affinity('u0', 'topic', 'food');
    await reader.settled();
    const before = reader.affinity('u0', 'topic', 'food');
    for (let i = 0; i < 8; i += 1) {
      log.push(ratedLine(`more-${i}`, 'u0', 300 + i, 'food', 5));
      log.push(ratedLine(`new-${i}`, 'zoe', 300 + i, 'art', 1));
    }
    await run(store, log);
    await reader.look();
    expect(reader.affinity('u0', 'topic', 'food')).toBeGreaterThan(before + 0.2);
    expect(reader.affinity('zoe', 'topic', 'art')).toBeLessThan(-0.2);
    await reader.close();
  });

  test('is the same read in one look as followed row by row', async () => {
    const store = await clickhouse.database('reader_same');
    const log = likingLines(400, 5, 8);
    const following = open(store);
    for (const end of [100, 250, 400]) {
      await run(store, log.slice(0, end));
      await following.look();
      for (let i = 0; i < 5; i += 1) following.affinity(`u${i}`, 'topic', 'art');
      await following.settled();
    }
    const fresh = open(store);
    await fresh.look();
    for (let i = 0; i < 5; i += 1) fresh.affinity(`u${i}`, 'topic', 'art');
    await fresh.settled();
    for (let i = 0; i < 5; i += 1) {
      for (const topic of ['art', 'food', 'music', 'space']) {
        const [a, b] = [following, fresh].map((each) => each.read(`u${i}`, 'topic', topic));
        expect(a!.mean).toBeCloseTo(b!.mean, 12);
        expect(a!.standardError).toBeCloseTo(b!.standardError, 12);
      }
    }
    await Promise.all([following.close(), fresh.close()]);
  });

  test('of more users than there is room for is asked for again', async () => {
    const store = await clickhouse.database('reader_room');
    await run(store, likingLines(400, 6, 3));
    const reader = open(store, { usersMax: 2 });
    await reader.look();
    for (const user of ['u0', 'u1', 'u2', 'u0']) {
      reader.affinity(user, 'topic', 'art');
      await reader.settled();
      expect(reader.users).toBeLessThanOrEqual(2);
      const liked = user !== 'u1';
      expect(reader.affinity(user, 'topic', 'art') > 0).toBe(liked);
    }
    await reader.close();
  });

  test('is void when the user was erased, here and in the store', async () => {
    const store = await clickhouse.database('reader_erased');
    const log = likingLines(300, 4, 3);
    await run(store, log);
    const reader = open(store);
    await reader.look();
    reader.affinity('u0', 'topic', 'art');
    await reader.settled();
    expect(await removeErased(store, 'u0')).toBe(false);
    log.push(eraseLine('u0', 300));
    await run(store, log);
    await reader.look();
    const everyone = reader.read('nobody', 'topic', 'art');
    expect(reader.read('u0', 'topic', 'art')).toEqual(everyone);
    await reader.settled();
    expect(await removeErased(store, 'u0')).toBe(true);
    const [left] = await store.query<{ rows: number }>(
      "SELECT toUInt32(count()) AS rows FROM user_preferences WHERE user = 'u0' AND erased = 0",
    );
    expect(left!.rows).toBe(0);
    const { preferences } = await reader.profile('u0');
    expect(preferences[0]!.events).toBe(0);
    log.push(ratedLine('again', 'u0', 301, 'food', 5));
    await run(store, log);
    await reader.look();
    expect(reader.affinity('u0', 'topic', 'food')).toBeGreaterThan(0);
    expect((await reader.profile('u0')).preferences[0]!.events).toBe(1);
    await reader.close();
  });

  test('of users who left the memory of the data plane is as if they had stayed', async () => {
    const log = likingLines(500, 8, 7);
    const [roomy, tight] = await Promise.all(
      ['reader_roomy', 'reader_tight'].map((name) => clickhouse.database(name)),
    );
    await run(roomy!, log, ratingsPipeline(100));
    await run(tight!, log, ratingsPipeline(3));
    const [whole, parts] = [roomy!, tight!].map((store) => open(store, { pipeline: 'small' }));
    for (const reader of [whole!, parts!]) {
      await reader.look();
      for (let i = 0; i < 8; i += 1) reader.affinity(`u${i}`, 'topic', 'art');
      await reader.settled();
    }
    for (let i = 0; i < 8; i += 1) {
      for (const topic of ['art', 'food', 'music', 'space']) {
        const [a, b] = [whole!, parts!].map((reader) => reader.read(`u${i}`, 'topic', topic));
        expect(b).toEqual(a);
      }
    }
    // Who comes back is followed in the same row.
    const before = parts!.read('u0', 'topic', 'art').weight;
    const more = [...log, ratedLine('more', 'u0', 500, 'art', 5)];
    await run(tight!, more, ratingsPipeline(3));
    await parts!.look();
    expect(parts!.read('u0', 'topic', 'art').weight).toBeGreaterThan(before + 0.9);
    more.push(ratedLine('most', 'u0', 501, 'art', 5));
    await run(tight!, more, ratingsPipeline(3));
    await parts!.look();
    expect(parts!.read('u0', 'topic', 'art').weight).toBeGreaterThan(before + 1.9);
    await Promise.all([whole!.close(), parts!.close()]);
  });

  test('is put together of rows that were learnt apart, as an earlier version wrote them', async () => {
    const log = likingLines(300, 4, 7);
    const whole = await clickhouse.database('reader_one_row');
    await run(whole, log, ratingsPipeline(100));
    const apart = await clickhouse.database('reader_parts');
    await run(apart, log.slice(0, 150), ratingsPipeline(100));
    // Who had to make room was forgotten there, and began a new row.
    await apart.command(
      "ALTER TABLE state DELETE WHERE table = 'preference-topic-users' AND key != '' SETTINGS mutations_sync = 1",
    );
    await run(apart, log, ratingsPipeline(100));
    const readers = [whole, apart].map((store) => open(store, { pipeline: 'small' }));
    for (const reader of readers) {
      await reader.look();
      for (let i = 0; i < 4; i += 1) reader.affinity(`u${i}`, 'topic', 'art');
      await reader.settled();
    }
    for (let i = 0; i < 4; i += 1) {
      const [a, b] = readers.map((reader) => reader.read(`u${i}`, 'topic', 'art'));
      expect(b!.weight).toBeCloseTo(a!.weight, 10);
    }
    await Promise.all(readers.map((reader) => reader.close()));
  });

  test('is void of all that was learnt before the erasure, not only last', async () => {
    const store = await clickhouse.database('reader_void');
    const log = [
      ratedLine('r1', 'ada', 0, 'art', 5),
      ratedLine('r2', 'bob', 1, 'art', 1),
      ratedLine('r3', 'ada', 2, 'art', 5),
      ratedLine('r4', 'bob', 3, 'food', 1),
      eraseLine('ada', 4),
    ];
    await run(store, log, ratingsPipeline(1));
    const reader = open(store, { pipeline: 'small' });
    await reader.look();
    const [topic] = (await reader.profile('ada')).preferences;
    expect(topic!.events).toBe(0);
    expect((await reader.profile('bob')).preferences[0]!.events).toBe(2);
    reader.affinity('ada', 'topic', 'art');
    await reader.settled();
    expect(reader.read('ada', 'topic', 'art')).toEqual(reader.read('nobody', 'topic', 'art'));
    await reader.close();
  });

  test('is told in numbers and words', async () => {
    const store = await clickhouse.database('reader_profile');
    await run(store, likingLines(600, 6, 3));
    // Also to whoever asks before the first look.
    const reader = open(store);
    const { user, preferences } = await reader.profile('u0');
    expect(user).toBe('u0');
    const [topic] = preferences;
    expect(topic!.name).toBe('topic');
    expect(topic!.words).toMatch(/^From \d+ outcomes: likes (art, music|music, art) more than/);
    expect(topic!.words).toMatch(/likes (food, space|space, food) less\.$/);
    expect(
      topic!.values
        .map(({ value }) => value)
        .slice(0, 2)
        .sort(),
    ).toEqual(['art', 'music']);
    const [best] = topic!.values;
    expect(best!.words).toMatch(
      /^Likes \w+ (much |a little )?more than others do \(\+0\.\d+ ± 0\.\d+ beyond them\)\.$/,
    );
    expect(best!.affinity).toBeCloseTo(best!.population + best!.level + best!.own, 12);
    const nobody = await reader.profile('nobody');
    expect(nobody.preferences[0]!.words).toBe(
      "Nothing is known of this user's topic: answered as for everyone.",
    );
    await reader.close();
  });
});
