/** Releases of a model over a registry: by the plan, by evidence and by hand, with somebody else writing in between. */
import { describe, expect, test, vi } from 'vitest';
import type { ReleaseReading } from '../../../control/releases/releaseEvidence.ts';
import { startReleaser } from '../../../control/releases/releaser.ts';
import { Releasing } from '../../../control/releases/releasing.ts';
import {
  by,
  type FakeRegistry,
  fakeRegistry,
  newWorld,
  register,
  type World,
} from './fakeModels.ts';
import { readingOf, stage } from './readings.ts';

const good = stage('shadow', 4_000, -0.012);
const passed = [
  good,
  stage('canary-1', 500, -0.01),
  stage('canary-2', 1_000, -0.01),
  stage('canary-3', 2_000, -0.01),
];

interface Setting {
  readonly world: World;
  readonly registry: FakeRegistry;
  readonly releasing: Releasing;
  readonly rollbacks: number[];
  reading: ReleaseReading;
}

function setting(plan: Record<string, unknown> = {}): Setting {
  const world = newWorld(plan);
  const registry = fakeRegistry(world);
  const rollbacks: number[] = [];
  const releasing: Releasing = new Releasing({
    registry,
    // A trial has evidence of its own.
    readEvidence: async (_, { id }) => (id.startsWith('after-') ? of.trial : of.reading),
    clock: () => world.now,
    rolledBack: (_, tookMs) => rollbacks.push(tookMs),
  });
  const of = { world, registry, releasing, rollbacks, reading: readingOf(), trial: readingOf() };
  return of;
}

async function look({ registry, releasing }: Setting): Promise<void> {
  await registry.refresh();
  expect(await releasing.look('answer')).toBe(undefined);
}

const states = ({ registry }: Setting) =>
  registry.known().releases.map(({ version, phase }) => `${version} ${phase}`);
const serving = ({ registry }: Setting) => {
  const { champion, release, shadows } = registry.known().serving;
  return {
    champion: champion.version,
    release: release && [release.version.version, release.share, release.stage],
    shadows: shadows.map((each) => each.version),
  };
};
const sentence = ({ registry }: Setting) =>
  registry.known().releases.at(-1)?.steps.at(-1)?.sentence;

describe('releasing', () => {
  test('begins for the newest version that passed its gates, and passes the older over for good', async () => {
    const of = setting();
    register(of.world, '1.1');
    register(of.world, '1.2');
    register(of.world, '1.3', false);
    await look(of);
    expect(states(of)).toEqual(['1.2 shadow']);
    expect(serving(of)).toEqual({ champion: '1', release: ['1.2', 0, 'shadow'], shadows: [] });
    expect(sentence(of)).toBe(
      'Version 1.2 predicts in shadow, beside champion 1, and serves nobody. Version 1.1 waited and is superseded.',
    );
    register(of.world, '1.4');
    await look(of);
    expect(states(of)).toEqual(['1.2 shadow']);
    expect((await of.releasing.move('answer', 'abort', by)).outcome).toBe('written');
    await look(of);
    expect(states(of)).toEqual(['1.2 aborted', '1.4 shadow']);
    await of.releasing.move('answer', 'abort', by);
    await look(of);
    expect(states(of)).toEqual(['1.2 aborted', '1.4 aborted']);
  });

  test('one in shadow gives way to a newer one that is named, with its reason', async () => {
    const of = setting();
    const giveWay = (name: string) =>
      of.releasing.giveWay('answer', name, { ...by, actor: 'engine' });
    register(of.world, '1.1');
    await look(of);
    register(of.world, '1.2', false);
    await giveWay('1.2');
    await giveWay('1.1');
    expect(states(of)).toEqual(['1.1 shadow']);
    register(of.world, '1.3');
    await giveWay('1.3');
    expect(states(of)).toEqual(['1.1 aborted']);
    expect(sentence(of)).toBe('Aborted. Because.');
    await look(of);
    expect(states(of)).toEqual(['1.1 aborted', '1.3 shadow']);
    // Told again after a crash.
    await giveWay('1.3');
    expect(states(of)).toEqual(['1.1 aborted', '1.3 shadow']);
  });

  test('one that is paused, serves somebody, or is the trial of a champion gives no way', async () => {
    const of = setting();
    const giveWay = () => of.releasing.giveWay('answer', '1.2', by);
    register(of.world, '1.1');
    await look(of);
    register(of.world, '1.2');
    await of.releasing.move('answer', 'pause', by);
    await giveWay();
    expect(states(of)).toEqual(['1.1 shadow']);
    await of.releasing.move('answer', 'resume', by);
    of.reading = readingOf(good);
    await look(of);
    await giveWay();
    expect(states(of)).toEqual(['1.1 canary']);
    of.reading = readingOf(...passed);
    await look(of);
    await giveWay();
    expect(states(of)).toEqual(['1.1 promoted', '1 shadow']);
  });

  test('begins none by itself where the plan says so', async () => {
    const of = setting({ automatic: false });
    register(of.world, '1.1');
    await look(of);
    expect(states(of)).toEqual([]);
    expect((await of.releasing.begin('answer', { version: '1.1' }, by)).outcome).toBe('written');
    expect(sentence(of)).toMatch(/serves nobody\. Because\.$/);
    const again = await of.releasing.begin('answer', { version: '1.1' }, by);
    expect(again).toMatchObject({ outcome: 'refused' });
    expect(await of.releasing.begin('other', { version: '1.1' }, by)).toEqual({
      outcome: 'absent',
    });
  });

  test('a version becomes champion step by step; then the former one is on trial, and is let go', async () => {
    const of = setting();
    register(of.world, '1.1');
    await look(of);
    const seen = [];
    for (let i = 1; i <= passed.length; i += 1) {
      of.reading = readingOf(...passed.slice(0, i));
      await look(of);
      seen.push(serving(of));
    }
    expect(seen).toEqual([
      { champion: '1', release: ['1.1', 0.05, 'canary-1'], shadows: [] },
      { champion: '1', release: ['1.1', 0.25, 'canary-2'], shadows: [] },
      { champion: '1', release: ['1.1', 0.5, 'canary-3'], shadows: [] },
      { champion: '1.1', release: ['1', 0, 'shadow'], shadows: [] },
    ]);
    expect(states(of)).toEqual(['1.1 promoted', '1 shadow']);
    // Between the promotion and the trial the former champion predicts as well.
    const [promotion] = of.registry.known().served.slice(-2);
    expect(promotion?.serving.shadows.map(({ version }) => version)).toEqual(['1']);
    register(of.world, '1.2');
    await look(of);
    expect(states(of)).toEqual(['1.1 promoted', '1 shadow']);
    of.reading = readingOf();
    Object.assign(of, { trial: readingOf(stage('shadow', 10_000, 0.01)) });
    await look(of);
    expect(states(of)).toEqual(['1.1 promoted', '1 withdrawn', '1.2 shadow']);
    expect(serving(of)).toEqual({ champion: '1.1', release: ['1.2', 0, 'shadow'], shadows: [] });
    expect(of.rollbacks).toEqual([]);
  });

  test('a new champion that does harm is taken back, and is not tried again', async () => {
    const of = setting();
    register(of.world, '1.1');
    for (let i = 0; i <= passed.length; i += 1) {
      of.reading = readingOf(...passed.slice(0, i));
      await look(of);
    }
    Object.assign(of, { trial: readingOf(stage('shadow', 2_000, -0.03)) });
    await look(of);
    await look(of);
    expect(states(of)).toEqual(['1.1 promoted', '1 promoted']);
    expect(serving(of)).toEqual({ champion: '1', release: null, shadows: [] });
    expect(of.rollbacks).toHaveLength(1);
  });

  test('a release by hand ends the trial', async () => {
    const of = setting();
    register(of.world, '1.1');
    for (let i = 0; i <= passed.length; i += 1) {
      of.reading = readingOf(...passed.slice(0, i));
      await look(of);
    }
    register(of.world, '1.2');
    const begun = await of.releasing.begin('answer', { version: '1.2', from: 'canary' }, by);
    expect(begun.outcome).toBe('written');
    expect(states(of)).toEqual(['1.1 promoted', '1 aborted', '1.2 canary']);
    expect(serving(of)).toEqual({
      champion: '1.1',
      release: ['1.2', 0.05, 'canary-1'],
      shadows: [],
    });
  });

  test('harm takes the users of a canary back at once, and it is measured', async () => {
    const of = setting();
    register(of.world, '1.1');
    await of.releasing.begin('answer', { version: '1.1', from: 'canary' }, by);
    of.reading = readingOf(stage('canary-1', 400, 0.06));
    await look(of);
    expect(states(of)).toEqual(['1.1 withdrawn']);
    expect(serving(of)).toEqual({ champion: '1', release: null, shadows: [] });
    expect(of.rollbacks).toHaveLength(1);
    expect(of.rollbacks[0]).toBeGreaterThanOrEqual(0);
    await of.releasing.rollback('answer', '1.1', by);
    expect(of.rollbacks).toHaveLength(2);
    expect(serving(of).champion).toBe('1.1');
    await look(of);
    expect(states(of)).toEqual(['1.1 withdrawn']);
  });

  test('is paused, resumed, agreed to, each with its reason, and not twice', async () => {
    const of = setting({ approvals: ['canary'] });
    register(of.world, '1.1');
    await look(of);
    const move = (name: 'pause' | 'resume' | 'abort' | 'approve') =>
      of.releasing.move('answer', name, by);
    expect(await move('approve')).toMatchObject({ outcome: 'refused' });
    expect((await move('pause')).outcome).toBe('written');
    expect(await move('pause')).toMatchObject({
      outcome: 'refused',
      sentence: 'The release of version 1.1 is paused already.',
    });
    of.reading = readingOf(good);
    await look(of);
    expect(serving(of).release).toEqual(['1.1', 0, 'shadow']);
    expect((await move('resume')).outcome).toBe('written');
    expect(sentence(of)).toBe('Resumed. Because.');
    await look(of);
    expect(of.registry.known().releases[0]?.awaits).toBe('canary');
    expect((await move('approve')).outcome).toBe('written');
    expect(sentence(of)).toBe('Agreed to. Because. It now serves 5 % of the users.');
    expect(of.registry.known().releases[0]?.steps.at(-1)).toMatchObject({
      actor: 'ada',
      share: 0.05,
    });
    expect((await move('abort')).outcome).toBe('written');
    expect(of.rollbacks).toHaveLength(1);
    expect(await move('pause')).toEqual({
      outcome: 'refused',
      sentence: 'No release of answer is under way.',
    });
  });

  test('somebody writes in between: it is read and decided again', async () => {
    const of = setting();
    register(of.world, '1.1');
    await look(of);
    of.reading = readingOf(good);
    let isFirst = true;
    const other = fakeRegistry(of.world);
    of.registry.at = async (point) => {
      if (point !== 'before release' || !isFirst) return;
      isFirst = false;
      const second = new Releasing({
        registry: other,
        readEvidence: async () => of.reading,
        clock: () => of.world.now,
      });
      await second.move('answer', 'pause', by);
    };
    await look(of);
    expect(of.registry.known().releases[0]).toMatchObject({ phase: 'shadow', paused: true });
    expect(of.registry.known().releases[0]?.steps).toHaveLength(2);
  });

  test('agreeing is to what was seen: to nothing that came in between', async () => {
    const of = setting({ approvals: ['canary', 'champion'] });
    register(of.world, '1.1');
    await look(of);
    of.reading = readingOf(good);
    await look(of);
    let isFirst = true;
    const other = fakeRegistry(of.world);
    of.registry.at = async (point) => {
      if (point !== 'before release' || !isFirst) return;
      isFirst = false;
      const readEvidence = async () => readingOf(...passed);
      const second = new Releasing({ registry: other, readEvidence, clock: () => of.world.now });
      await second.move('answer', 'approve', by);
      await second.look('answer');
    };
    expect(await of.releasing.move('answer', 'approve', by)).toEqual({
      outcome: 'refused',
      sentence: 'The release has gone on in between: look at it again.',
    });
    expect(of.registry.known().releases[0]).toMatchObject({ phase: 'canary', awaits: 'champion' });
  });
});

describe('the releaser', () => {
  test('goes on when evidence cannot be read, says so once, and looks when it is told', async () => {
    const of = setting();
    register(of.world, '1.1');
    await of.registry.refresh();
    const said: string[] = [];
    let fails = true;
    const readEvidence = vi.fn(async () => {
      if (fails) throw new Error('no table');
      return readingOf(good);
    });
    const releaser = startReleaser({
      ...{ registry: of.registry, readEvidence, clock: () => of.world.now, everyMs: 60_000 },
      say: (text) => said.push(text),
    });
    const turns = async (count: number) => {
      await vi.waitFor(() => expect(readEvidence.mock.calls.length).toBeGreaterThanOrEqual(count));
    };
    await turns(1);
    releaser.look();
    await turns(2);
    fails = false;
    releaser.look();
    await vi.waitFor(() => expect(states(of)).toEqual(['1.1 canary']));
    await releaser.stop();
    const calls = readEvidence.mock.calls.length;
    releaser.look();
    expect(readEvidence.mock.calls.length).toBe(calls);
    expect(said).toEqual(['The release of answer is not judged at present: no table']);
  });
});
