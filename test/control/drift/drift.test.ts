/** Drift from lines of text through the default pipeline and ClickHouse to the answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueries, type Queries } from '../../../api/queries/queries.ts';
import { DriftAnswer, DriftDetail } from '../../../contracts/driftApi.ts';
import { writeAlerts } from '../../../control/watching/alertRows.ts';
import { Instance } from '../../../pipelines/instance.ts';
import { learning } from '../../../pipelines/learning.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { alertSample } from '../../support/alertSamples.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { begin, day, driftingAnswers } from '../../support/driftingAnswers.ts';
import { linesLog } from '../../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const receivedAt = begin + 100 * day;
const days = 16;

async function write(store: ClickHouseStore, lines: readonly string[], partitions = 1) {
  for (let partition = 0; partition < partitions; partition += 1) {
    const own = lines.filter(
      (line) => Number(/student-(\d+)/.exec(line)![1]) % partitions === partition,
    );
    const chunk = linesLog(own, { chunk: own.length, receivedAt }).read(0, 0)!;
    const instance = new Instance(learning, partition, partitions);
    instance.push({ ...chunk, partition });
    for (const { table, bytes } of instance.cut(true).outputs) await store.insert(table, bytes);
    instance.close();
  }
}

const at = (number: number) => begin + number * day;

describe('answers of sixteen days', () => {
  const lines = driftingAnswers({ days, perDay: 400, skillsFrom: 11, latencyLostFrom: 13 });
  let store: ClickHouseStore;
  let queries: Queries;
  let answer: DriftAnswer;
  const columnOf = (name: string) => answer.columns.find(({ column }) => column === name)!;

  beforeAll(async () => {
    store = await clickhouse.database('drifting');
    await write(store, lines, 2);
    queries = openQueries(store).ofPeople;
    answer = DriftAnswer.parse(await queries.drift({}));
  });

  test('are judged by complete days, from the first seven of them', () => {
    expect(answer).toMatchObject({
      ...{ pipeline: 'learning', model: 'answer', modelVersion: '1', more: 0 },
      stored: { days: 15, first: at(1), last: at(15) },
      reference: { isGiven: false, weekdaysMissing: [] },
    });
    expect(answer.reference.days).toEqual([1, 2, 3, 4, 5, 6, 7].map(at));
    expect(answer.days).toEqual(Array.from({ length: 15 }, (_, i) => at(i + 1)));
    expect(answer.columns.map(({ role }) => role).slice(0, 3)).toEqual([
      ...['prediction', 'label', 'input'],
    ]);
    for (const { days: own } of answer.columns) {
      expect(own.map((each) => each.day)).toEqual(answer.days);
      expect(own.map(({ rows }) => rows)).toEqual(own.map(() => 400));
      expect(own.slice(0, 7).every(({ isReference }) => isReference)).toBe(true);
    }
  });

  test('whose skills change are found out on that day, and columns at rest are left in peace', () => {
    const skill = columnOf('context_skill');
    expect(skill.standing).toMatchObject({ since: at(11) });
    expect(skill.isRead).toBe(true);
    for (const { level, distance, limit, critical, dayToDay, day: on } of skill.days) {
      expect(level! > 0).toBe(on >= at(11));
      expect(limit).toBe(Math.max(critical!, dayToDay!));
      expect(level).toBe(distance! > 4 * limit! ? 2 : distance! > limit! ? 1 : 0);
    }
    // Students have a skill of the day: rows that were independent would be said to have drifted all the time.
    const still = skill.days.slice(0, 10);
    expect(still.filter(({ distance, critical }) => distance! > critical!).length).toBeGreaterThan(
      5,
    );
    for (const name of ['answer', 'type', 'context_course', 'context_latency_ms']) {
      const { days: own } = columnOf(name);
      const quiet = own.filter(({ day: on }) => on < at(11));
      expect(quiet.filter(({ level }) => level! > 0).length, name).toBeLessThan(2);
    }
    expect(columnOf('answer').standing.since).toBeNull();
  });

  test('are sorted by what the model reads and by drift, without importance', () => {
    expect(answer.columns.every(({ importance }) => importance === null)).toBe(true);
    const inputs = answer.columns.filter(({ role }) => role === 'input');
    const read = inputs.map(({ isRead }) => isRead);
    expect(read).toEqual([...read].sort((a, b) => Number(b) - Number(a)));
    const excess = inputs.filter(({ isRead }) => !isRead).map(({ standing }) => standing.excess);
    expect(excess).toEqual([...excess].sort((a, b) => (b ?? -1) - (a ?? -1)));
  });

  test('that lose their latency have a break on each day since, and one word for it', () => {
    const { breaks } = columnOf('context_latency_ms');
    expect(breaks.map(({ day: on, kind }) => [on, kind])).toEqual(
      [13, 14, 15].map((number) => [at(number), 'missing']),
    );
    expect(answer.word).toBe('data-quality break');
    const words = answer.words.filter(({ column }) => column === 'context_latency_ms');
    expect(words).toMatchObject([{ word: 'data-quality break', since: at(13) }]);
    expect(words[0]!.sentence).toMatch(/^latency ms is missing in \d\d % of rows; it was 0 %\.$/);
    expect(answer.words).toContainEqual(
      expect.objectContaining({ word: 'data drift', column: 'context_skill', since: at(11) }),
    );
  });

  test('of one column show values and quantiles then and now', async () => {
    const skill = DriftDetail.parse(await queries.driftDetail('context_skill', {}));
    expect(skill.column).toEqual(columnOf('context_skill'));
    expect(skill.day).toBe(at(15));
    const shares = skill.values.reduce((sum, { after }) => sum + after, 0);
    expect(shares + skill.others!.after + skill.missing!.after).toBeCloseTo(1, 9);
    const counted = lines.filter((line) => {
      const { time, context } = JSON.parse(line) as { time: string; context: { skill: string } };
      return Date.parse(time) >= at(15) && Date.parse(time) < at(16) && context.skill === 'algebra';
    });
    expect(skill.values.find(({ value }) => value === 'algebra')!.after).toBe(counted.length / 400);
    const latency = DriftDetail.parse(
      await queries.driftDetail('context_latency_ms', { day: at(12) }),
    );
    expect(latency.day).toBe(at(12));
    expect(latency.density.map(({ before }) => before)).toEqual(
      latency.density.map(() => expect.closeTo(0.1, 1)),
    );
    expect(latency.quantiles!.p50! / 8_000).toBeCloseTo(1, 0);
    expect(latency.course.map(({ p50 }) => p50! / 8_000)).toEqual(
      latency.course.map(() => expect.closeTo(1, 0)),
    );
    expect(latency.course.at(-1)!.moved).not.toBeNull();
    const predictions = DriftDetail.parse(await queries.driftDetail('prediction', {}));
    expect(predictions.course).toHaveLength(15);
    expect(predictions.quantiles!.p50).toBeGreaterThan(0.4);
    expect(predictions.quantiles!.p50).toBeLessThan(0.9);
    expect(await queries.driftDetail('nothing', {})).toBeUndefined();
  });

  test('tell of groups only days that are over, of enough people: no values, and no detectors', async () => {
    const { ofGroups } = openQueries(store);
    const told = DriftAnswer.parse(await ofGroups.drift({}));
    expect(told.days).toEqual(answer.days);
    expect(told.alarms).toEqual([]);
    for (const { days, breaks } of told.columns) {
      for (const { rows, day } of days) {
        const whole = answer.columns.flatMap((column) => column.days);
        expect(rows === 0 || whole.some((each) => each.day === day && each.rows === rows)).toBe(
          true,
        );
      }
      for (const { before, after } of breaks) expect([before, after]).toEqual([null, null]);
    }
    const detail = DriftDetail.parse(await ofGroups.driftDetail('context_latency_ms', {}));
    expect(detail).toMatchObject({ density: [], values: [], missing: null, unseen: [] });
  });

  test('are compared with the days that are asked for, in the range that is asked for', async () => {
    const given = await queries.drift({
      ...{ from: at(12), to: at(15), referenceFrom: at(11), referenceTo: at(14) },
    });
    expect(given.days).toEqual([12, 13, 14].map(at));
    expect(given.reference).toEqual({
      ...{ days: [11, 12, 13].map(at), isGiven: true, weekdaysMissing: [1, 2, 3, 4] },
    });
    const skill = given.columns.find(({ column }) => column === 'context_skill')!;
    expect(skill.standing.since).toBeNull();
    // A day of the reference is compared with the two others: too few to say how days differ.
    expect(skill.days.map(({ level }) => level)).toEqual([null, null, 0]);
  });

  test('whose residual moved are told as concept drift of the skill, once an alert says when', async () => {
    const row = (name: string, part: string) =>
      `('learning', '${name}', 'adwin', 1, '{}', 0, toDateTime64(0, 3), ['${part}'], 0, 1,
        toDateTime64('2026-03-14 00:00:00', 3), 900, 0, '',
        map('alarms', 2, 'lastAlarmAt', 800, 'before', 0, 'after', -0.2), 0, [], 0)`;
    await store.command(
      `INSERT INTO statistics VALUES ${row('answer_residual', 'geometry')}, ${row('answer_level', 'geometry')}, ${row('answer_level', 'vectors')}`,
    );
    const before = await queries.drift({});
    expect(before.alarms).toHaveLength(3);
    expect(before.alarms[0]).toMatchObject({ at: null, alarms: 2, before: 0, after: -0.2 });
    expect(before.words).toEqual(answer.words);
    const alerts = [
      ['a-1', 'drift-answer-residual', 'geometry', at(12)],
      ['a-2', 'drift-answer-level', 'geometry', at(12)],
      ['a-3', 'drift-answer-level', 'vectors', at(2)],
    ] as const;
    await writeAlerts(
      store,
      alerts.map(([id, watch, key, since]) => ({
        alert: { ...alertSample(), id, watch, since, key: [key, 'partition 0'] },
        ...{ actor: 'engine', sentence: '', reason: '' },
      })),
    );
    const after = await queries.drift({ from: at(8), to: at(13) });
    expect(after.alarms.map(({ key, at: since }) => [key, since])).toEqual([
      ...[
        ['geometry', at(12)],
        ['geometry', at(12)],
      ],
    ]);
    expect(after.word).toBe('concept drift');
    expect(after.words[0]).toMatchObject({ word: 'concept drift', subject: 'geometry' });
    expect(after.words[0]!.since).toBe(at(12));
  });
});

test('nothing can be judged of a few days, and it is said how many are needed', async () => {
  const store = await clickhouse.database('young');
  const queries = openQueries(store).ofPeople;
  expect(await queries.drift({})).toMatchObject({
    ...{ pipeline: null, columns: [], words: [], word: null, daysNeeded: 4 },
  });
  expect(await queries.driftDetail('prediction', {})).toBeUndefined();
  const still = { skillsFrom: Infinity, latencyLostFrom: Infinity };
  await write(store, driftingAnswers({ days: 4, perDay: 240, ...still }));
  const young = await queries.drift({});
  expect(young).toMatchObject({ stored: { days: 3 }, reference: { days: [] }, word: null });
  for (const { days: own, standing } of young.columns) {
    expect(own.map(({ level }) => level)).toEqual([null, null, null]);
    expect(standing).toEqual({ excess: null, level: null, since: null });
  }
});
