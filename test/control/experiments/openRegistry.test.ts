/** The registry on a real ClickHouse: revisions, who may change what, two processes at once, what goes into the log when. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import type { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import type { Store } from '../../../contracts/store.ts';
import type { Announcement } from '../../../control/definitions/announcer.ts';
import { writeDefinition } from '../../../control/definitions/definitionRows.ts';
import {
  type ExperimentRegistryOptions,
  openRegistry,
} from '../../../control/experiments/openRegistry.ts';
import type { ExperimentRegistry } from '../../../control/experiments/registry.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { makeExperiment, makeMetric, makeRunning } from '../../support/experiments.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const by = { actor: 'ada', reason: 'to learn' };
const now = Date.UTC(2026, 0, 15, 10);
let clock = now;
let databases = 0;
const opened: ExperimentRegistry[] = [];

async function database(): Promise<ClickHouseStore> {
  databases += 1;
  return clickhouse.database(`registry_${databases}`);
}

/** A process of its own: what it has written into the log, and said. */
async function open(store: Store, options: Partial<ExperimentRegistryOptions> = {}) {
  const announced: string[] = [];
  const said: string[] = [];
  const registry = await openRegistry({
    store,
    announce: async (announcements) => {
      announced.push(...announcements.map(nameOf));
    },
    say: (sentence) => said.push(sentence),
    clock: () => clock,
    pollMs: 1_000_000, // a test says when
    ...options,
  });
  opened.push(registry);
  return { registry, announced, said };
}

function nameOf({ record }: Announcement<ExperimentRecord>): string {
  return `${record.experiment.key}@${record.revision} ${record.experiment.state}`;
}

afterEach(async () => {
  for (const registry of opened.splice(0)) await registry.close();
  clock = now;
});

async function withMetric(store: Store, options: Partial<ExperimentRegistryOptions> = {}) {
  const process = await open(store, options);
  expect((await process.registry.createMetric(makeMetric(), by)).outcome).toBe('created');
  return process;
}

describe('an experiment', () => {
  test('goes from a draft to the archive, each step on record', async () => {
    const store = await database();
    const { registry, announced } = await withMetric(store);
    const made = await registry.create({ ...makeExperiment(), traffic: 0.2 }, by);
    expect(made).toMatchObject({ outcome: 'created', revision: 1, problems: [] });
    expect(announced).toEqual([]);
    expect(registry.inForce('hints')!.experiment.state).toBe('draft');

    const started = await registry.move('hints', { move: 'start' }, by);
    expect(started).toMatchObject({ outcome: 'new stage', revision: 2 });
    clock += 60_000;
    const experiment = registry.experiment('hints')!.record.experiment;
    const ramped = await registry.change('hints', { ...experiment, traffic: 0.5 }, 2, by);
    expect(ramped).toMatchObject({
      outcome: 'new stage',
      experiment: {
        stages: [
          { number: 1, startAt: now, traffic: 0.2 },
          { number: 2, startAt: now + 60_000, traffic: 0.5 },
        ],
      },
    });
    await registry.move('hints', { move: 'pause' }, { actor: 'engine', reason: 'sample ratio' });
    await registry.move('hints', { move: 'resume' }, by);
    const decision = { verdict: 'ship', variant: 'with' } as const;
    await registry.move('hints', { move: 'stop', decision }, by);
    await registry.move('hints', { move: 'archive' }, by);

    const steps = (of: ExperimentRegistry) =>
      of
        .experiment('hints')!
        .changes.map(({ revision, actor, change }) => [revision, actor, change]);
    expect(steps(registry)).toEqual([
      [1, 'ada', 'Created'],
      [2, 'ada', 'Started'],
      [3, 'ada', 'Traffic 0.2 → 0.5 (stage 2)'],
      [4, 'engine', 'Paused'],
      [5, 'ada', 'Resumed'],
      [6, 'ada', 'Stopped: "with" is shipped'],
      [7, 'ada', 'Archived'],
    ]);
    expect(announced).toEqual([
      'hints@2 running',
      'hints@3 running',
      'hints@4 paused',
      'hints@5 running',
      'hints@6 stopped',
      'hints@7 archived',
    ]);
    // Another process, later, knows the same.
    const other = await open(store);
    expect(steps(other.registry)).toEqual(steps(registry));
    expect(other.registry.experiment('hints')).toEqual(registry.experiment('hints'));
    expect(other.registry.experiment('hints')!.record.experiment.decision).toEqual({
      ...decision,
      reason: 'to learn',
      at: clock,
    });
  });

  test('is refused with sentences when it is not sound, or a change would harm it', async () => {
    const { registry } = await withMetric(await database());
    const draft = makeExperiment();
    expect(await registry.create({ ...draft, variants: 3 }, by)).toMatchObject({
      outcome: 'malformed',
      issues: [{ at: 'variants' }],
    });
    expect(await registry.create({ ...draft, name: 'half \ud800' }, by)).toMatchObject({
      outcome: 'malformed',
    });
    expect(await registry.create({ ...draft, control: 'nobody' }, by)).toMatchObject({
      outcome: 'refused',
      problems: [{ severity: 'problem', field: 'control' }],
    });
    expect(await registry.create({ ...draft, state: 'running' }, by)).toMatchObject({
      outcome: 'refused',
      problems: [{ field: 'state' }],
    });
    expect(registry.experiments()).toEqual([]);
    expect(await registry.move('hints', { move: 'start' }, by)).toEqual({ outcome: 'unknown' });

    // A remark passes.
    const made = await registry.create({ ...draft, traffic: 0 }, by);
    expect(made).toMatchObject({ outcome: 'created', problems: [{ severity: 'remark' }] });
    expect(await registry.create(draft, by)).toEqual({ outcome: 'exists' });
    expect(await registry.move('hints', { move: 'resume' }, by)).toMatchObject({
      outcome: 'refused',
      problems: [{ sentence: expect.stringContaining('Possible is: start, archive.') }],
    });
    await registry.move('hints', { move: 'start' }, by);
    const harmful = await registry.change(
      'hints',
      { ...draft, state: 'running', alpha: 0.1 },
      2,
      by,
    );
    expect(harmful).toMatchObject({
      outcome: 'refused',
      problems: [{ sentence: expect.stringContaining('The error level was promised') }],
    });
    const byChange = await registry.change('hints', { ...draft, state: 'stopped' }, 2, by);
    expect(byChange).toMatchObject({ outcome: 'refused', problems: [{ field: 'state' }] });
    const ship = { verdict: 'ship', variant: null } as const;
    expect(await registry.move('hints', { move: 'stop', decision: ship }, by)).toMatchObject({
      outcome: 'refused',
      problems: [{ sentence: expect.stringContaining('Name it') }],
    });
    expect(registry.experiment('hints')!.record.revision).toBe(2);
  });

  test('starts when its events have come, and stops whatever is wrong with it', async () => {
    let types = new Set(['viewed']);
    const { registry } = await withMetric(await database(), { eventTypes: async () => types });
    const made = await registry.create(makeExperiment(), by);
    expect(made).toMatchObject({
      outcome: 'created',
      problems: [{ severity: 'problem', sentence: expect.stringContaining('No event feeds') }],
    });
    expect((await registry.move('hints', { move: 'start' }, by)).outcome).toBe('refused');
    types = new Set(['answered']);
    expect((await registry.move('hints', { move: 'start' }, by)).outcome).toBe('new stage');
    types = new Set();
    expect((await registry.move('hints', { move: 'stop' }, by)).outcome).toBe('in place');
  });

  test('that is too large for an event of the log is refused, and one that is nearly can still be stopped', async () => {
    const { registry } = await withMetric(await database());
    const wide = { ...makeExperiment(), hypothesis: '平'.repeat(4_000) };
    const annotations = Array.from({ length: 4 }, () => ({ at: now, text: '平'.repeat(4_000) }));
    expect(await registry.create({ ...wide, annotations }, by)).toMatchObject({
      outcome: 'refused',
      problems: [{ sentence: expect.stringContaining('bytes') }],
    });
    const near = { ...wide, annotations: annotations.slice(1) };
    expect((await registry.create(near, by)).outcome).toBe('created');
    expect((await registry.move('hints', { move: 'start' }, by)).outcome).toBe('new stage');
    const decision = { verdict: 'stop', variant: null } as const;
    const reason = '平'.repeat(4_000);
    const stopped = await registry.move('hints', { move: 'stop', decision }, { ...by, reason });
    expect(stopped.outcome).toBe('in place');
  });

  test('is annotated in any state and beside any change; the same twice is one', async () => {
    const { registry, announced } = await withMetric(await database());
    expect(await registry.annotate('hints', { add: { text: 'a' } }, by)).toEqual({
      outcome: 'unknown',
    });
    await registry.create(makeExperiment(), by);
    await registry.move('hints', { move: 'start' }, by);
    const drill = { at: now - 60_000, text: 'Fire drill' };
    const before = registry.inForce('hints')!;
    await registry.annotate('hints', { add: { text: 'Now' } }, by);
    await registry.annotate('hints', { add: drill }, by);
    const twice = await registry.annotate('hints', { add: drill }, by);
    expect(twice).toMatchObject({ outcome: 'in place', revision: 4 });
    const after = registry.inForce('hints')!;
    expect(after.experiment).toEqual({
      ...before.experiment,
      annotations: [drill, { at: now, text: 'Now' }],
    });
    await registry.move('hints', { move: 'stop' }, by);
    await registry.annotate('hints', { remove: drill }, { ...by, actor: 'bob' });
    const gone = await registry.annotate('hints', { remove: drill }, by);
    expect(gone).toMatchObject({ outcome: 'in place', revision: 6 });
    expect(registry.experiment('hints')!.changes.slice(2)).toMatchObject([
      { revision: 3, change: 'Noted: “Now”' },
      { revision: 4, change: 'Noted: “Fire drill”' },
      { revision: 5, change: 'Stopped without a decision' },
      { revision: 6, change: 'Note removed: “Fire drill”', actor: 'bob' },
    ]);
    expect(announced.at(-1)).toBe('hints@6 stopped');
  });

  test('that runs elsewhere is taken over with its stages', async () => {
    const { registry, announced } = await withMetric(await database());
    const running = makeRunning({}, [
      { traffic: 1, weights: [0.8, 0.2] },
      { traffic: 1, weights: [0.5, 0.5] },
    ]);
    expect((await registry.adopt(running, by)).outcome).toBe('created');
    expect(registry.inForce('hints')!.experiment).toEqual(running);
    expect(announced).toEqual(['hints@1 running']);
    expect(registry.experiment('hints')!.changes[0]!.change).toBe('Taken over as it was: running');
    expect((await registry.adopt(running, by)).outcome).toBe('exists');
  });
});

describe('a metric', () => {
  test('is redefined until an experiment runs with it, which keeps what it started with', async () => {
    const { registry } = await withMetric(await database());
    const wider = makeMetric({ windowMs: 2 * 86_400_000 });
    expect(await registry.createMetric(wider, by)).toEqual({ outcome: 'exists' });
    expect(await registry.changeMetric('solved', wider, 2, by)).toEqual({
      outcome: 'stale',
      revision: 1,
    });
    expect(await registry.changeMetric('solved', wider, 1, by)).toMatchObject({ revision: 2 });
    await registry.create(makeExperiment(), by);
    await registry.move('hints', { move: 'start' }, by);
    expect(await registry.changeMetric('solved', makeMetric(), 2, by)).toMatchObject({
      outcome: 'refused',
      problems: [{ sentence: expect.stringContaining('is live with the metric') }],
    });
    const renamed = { ...wider, name: 'Solved it' };
    expect(await registry.changeMetric('solved', renamed, 2, by)).toMatchObject({ revision: 3 });
    await registry.move('hints', { move: 'stop' }, by);
    expect(registry.metricsOf('hints')).toEqual([wider]);
    expect(await registry.changeMetric('solved', makeMetric(), 3, by)).toMatchObject({
      revision: 4,
    });
    expect(registry.metricsOf('hints')).toEqual([wider]);
    expect(registry.metrics().map(({ metric, revision }) => [metric.windowMs, revision])).toEqual([
      [86_400_000, 4],
    ]);
  });
});

describe('several processes', () => {
  test('see what others write, and have it in the log before it is in force', async () => {
    const store = await database();
    const one = await withMetric(store);
    const two = await open(store);
    await one.registry.create(makeExperiment(), by);
    await one.registry.move('hints', { move: 'start' }, by);
    expect(two.registry.experiment('hints')).toBeUndefined();
    await two.registry.refresh();
    expect(two.registry.inForce('hints')!.revision).toBe(2);
    expect(two.announced).toEqual(['hints@2 running']);
    await two.registry.refresh();
    expect(two.announced).toEqual(['hints@2 running']);
  });

  test('a stale change is refused, a move is made from the newest', async () => {
    const store = await database();
    const one = await withMetric(store);
    const two = await open(store);
    await one.registry.create(makeExperiment(), by);
    await one.registry.change('hints', makeExperiment({ name: 'Better' }), 1, by);
    expect(await two.registry.change('hints', makeExperiment({ name: 'Best' }), 1, by)).toEqual({
      outcome: 'stale',
      revision: 2,
    });
    expect(await two.registry.move('hints', { move: 'start' }, by)).toMatchObject({
      experiment: { name: 'Better' },
      revision: 3,
    });
  });

  test('of two that write one revision at once, the earlier wins and the other is told', async () => {
    const store = await database();
    const one = await withMetric(store);
    await one.registry.create(makeExperiment(), by);
    // The second looks, then the first writes, then the second.
    let between: (() => Promise<unknown>) | undefined = () => {
      between = undefined;
      clock += 1;
      return one.registry.change('hints', makeExperiment({ name: 'First' }), 1, by);
    };
    const slow: Store = {
      ...store,
      async insert(table, rows) {
        await between?.();
        await store.insert(table, rows);
      },
    };
    const two = await open(slow, { clock: () => now + 5 });
    expect(await two.registry.change('hints', makeExperiment({ name: 'Second' }), 1, by)).toEqual({
      outcome: 'stale',
      revision: 2,
    });
    for (const { registry } of [one, two]) {
      await registry.refresh();
      expect(registry.experiment('hints')!.record.experiment.name).toBe('First');
      expect(registry.experiment('hints')!.changes.length).toBe(2);
    }
    const rows = await store.query(
      "SELECT count() AS rows FROM experiment_definitions WHERE kind = 'experiment' AND revision = 2",
    );
    expect(rows).toEqual([{ rows: 2 }]);
    expect(
      await two.registry.change('hints', makeExperiment({ name: 'Third' }), 2, by),
    ).toMatchObject({ revision: 3 });
  });

  test('one whose write counts although another was believed: all follow it, and it is told', async () => {
    const store = await database();
    const one = await withMetric(store);
    const two = await open(store, { clock: () => now - 1_000 });
    await one.registry.create(makeExperiment(), by);
    await two.registry.refresh();
    const definition = JSON.stringify({
      revision: 1,
      experiment: makeExperiment({ name: 'Slow' }),
      metrics: [makeMetric()],
    });
    const row = { kind: 'experiment', key: 'hints', revision: 1, writeId: '0', at: now } as const;
    await writeDefinition(store, { ...row, actor: 'bob', reason: '', definition });
    for (const { registry, said } of [one, two]) {
      await registry.refresh();
      expect(registry.experiment('hints')!.record.experiment.name).toBe('Slow');
      expect(said).toEqual([expect.stringContaining('written twice at once')]);
    }
  });
});

describe('what goes wrong', () => {
  test('a row that cannot be read is told once and passed over', async () => {
    const store = await database();
    const one = await withMetric(store);
    await one.registry.create(makeExperiment(), by);
    const row = { kind: 'experiment', key: 'hints', at: now, actor: 'x', reason: '' } as const;
    await writeDefinition(store, {
      ...row,
      revision: 2,
      writeId: 'a',
      definition: '{"of":"later"}',
    });
    await writeDefinition(store, {
      ...row,
      key: 'odd',
      revision: 1,
      writeId: 'a',
      definition: 'no',
    });
    const two = await open(store);
    await two.registry.refresh();
    expect(two.said).toEqual([
      'Revision 2 of the experiment hints cannot be read and is passed over.',
      'Revision 1 of the experiment odd cannot be read and is passed over.',
    ]);
    expect(two.registry.experiments().map(({ record }) => record.experiment.key)).toEqual([
      'hints',
    ]);
    // Goes on behind it.
    expect(await two.registry.move('hints', { move: 'start' }, by)).toMatchObject({ revision: 3 });
  });

  test('the log is away: the change is on record, nobody is assigned by it until the log has it', async () => {
    const store = await database();
    let isAway = false;
    const written: string[] = [];
    const { registry, said } = await withMetric(store, {
      announce: async (announcements) => {
        if (isAway) throw new EngineError('LOG_UNAVAILABLE', 'no broker');
        written.push(...announcements.map(nameOf));
      },
    });
    await registry.create({ ...makeExperiment(), traffic: 0.2 }, by);
    await registry.move('hints', { move: 'start' }, by);
    isAway = true;
    const { experiment } = registry.experiment('hints')!.record;
    await expect(
      registry.change('hints', { ...experiment, traffic: 1 }, 2, by),
    ).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringContaining('Revision 3 is recorded'),
    });
    expect(registry.experiment('hints')!.record.revision).toBe(3);
    expect(registry.inForce('hints')!.revision).toBe(2);
    clock += 2 * 3_600_000;
    await registry.refresh();
    expect(registry.inForce('hints')!.revision).toBe(2);
    expect(said.length).toBe(1);
    isAway = false;
    await registry.refresh();
    expect(registry.inForce('hints')!.revision).toBe(3);
    expect(written).toEqual(['hints@2 running', 'hints@3 running']);
    // Who stops assigning does so at once.
    isAway = true;
    await expect(registry.move('hints', { move: 'pause' }, by)).rejects.toThrow('recorded');
    expect(registry.inForce('hints')!.experiment.state).toBe('paused');
  });

  test('ClickHouse loses an answer: what was written is found, what was not is told', async () => {
    const store = await database();
    await withMetric(store);
    let loses: 'answer' | 'rows' = 'answer';
    const doubtful: Store = {
      ...store,
      async insert(table, rows) {
        if (loses === 'answer') await store.insert(table, rows);
        throw new EngineError('SINK_UNAVAILABLE', 'timeout');
      },
    };
    const { registry } = await open(doubtful);
    expect((await registry.create(makeExperiment(), by)).outcome).toBe('created');
    loses = 'rows';
    await expect(registry.move('hints', { move: 'start' }, by)).rejects.toThrow('timeout');
    expect(registry.experiment('hints')!.record.revision).toBe(1);
  });
});

describe('after a start', () => {
  test('young revisions go into the log again, old ones when all are announced', async () => {
    const store = await database();
    const one = await withMetric(store);
    for (const key of ['a', 'b', 'c', 'd']) {
      await one.registry.create(makeExperiment({ key }), by);
      if (key !== 'd') await one.registry.move(key, { move: 'start' }, by);
    }
    await one.registry.move('b', { move: 'stop' }, by);
    clock += 2 * 3_600_000;
    await one.registry.move('c', { move: 'pause' }, by);
    const two = await open(store);
    expect(two.announced).toEqual(['c@3 paused']);
    expect(two.registry.allInForce().length).toBe(4);
    await two.registry.announceAgain();
    expect(two.announced.slice(1)).toEqual(['a@2 running', 'b@3 stopped', 'c@3 paused']);
    clock += 8 * 86_400_000;
    await two.registry.announceAgain();
    expect(two.announced.slice(4)).toEqual(['a@2 running', 'c@3 paused']);
  });

  test('a draft is in the log when it asks for the past of units, and only then', async () => {
    const store = await database();
    const { registry, announced } = await withMetric(store);
    await registry.create(makeExperiment({ key: 'plain' }), by);
    const use = { metric: 'solved', role: 'primary' } as const;
    const asking = makeExperiment({
      key: 'asking',
      metrics: [{ ...use, covariates: [{ of: 'past' }] }],
    });
    expect((await registry.create(asking, by)).outcome).toBe('created');
    expect(announced).toEqual(['asking@1 draft']);
    await registry.announceAgain();
    expect(announced).toEqual(['asking@1 draft', 'asking@1 draft']);
    await registry.move('asking', { move: 'archive' }, by);
    expect(announced.slice(2)).toEqual(['asking@2 archived']);
    const two = await open(store);
    expect(two.registry.inForce('asking')!.experiment.state).toBe('archived');
  });
});
