/** The registry of models: who may do what, two processes at once, and what goes into the log when. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { ModelRecord } from '../../../contracts/modelRecord.ts';
import type { Store } from '../../../contracts/store.ts';
import type { Announcement } from '../../../control/definitions/announcer.ts';
import type { ModelRegistry, ModelWritten } from '../../../control/registry/modelRegistry.ts';
import { openModelRegistry } from '../../../control/registry/openModelRegistry.ts';
import { memoryDefinitions } from '../../support/memoryDefinitions.ts';
import { declaredAnswer, newVersion, releaseOf, serves } from '../../support/modelSamples.ts';
import { createReference, type Intent, intents } from './reference.ts';

const by = { actor: 'ada', reason: 'to learn' };
const now = Date.UTC(2026, 2, 1, 9);
const hour = 3_600_000;
const opened: ModelRegistry[] = [];
afterEach(async () => {
  for (const registry of opened.splice(0)) await registry.close();
});

/** A process of its own: what it has written into the log, and said. */
async function open(store: Store, clock = () => now, settleMs = 0) {
  const at = { isAway: false };
  const announced: Announcement<ModelRecord>[] = [];
  const said: string[] = [];
  const registry = await openModelRegistry({
    store,
    async announce(announcements) {
      if (at.isAway) throw new EngineError('LOG_UNAVAILABLE', 'no broker');
      announced.push(...announcements);
    },
    say: (sentence) => said.push(sentence),
    clock,
    settleMs,
    pollMs: 1_000_000, // a test says when
  });
  opened.push(registry);
  const log = () => announced.map(({ record }) => `${record.champion.version}@${record.revision}`);
  return { registry, announced, log, said, at };
}

async function openAnswer(store = memoryDefinitions()) {
  const process = await open(store);
  await process.registry.declare(declaredAnswer, by);
  return { ...process, store };
}

/** Two processes that wait for each other, with the versions 1.1 and 1.2. */
async function openTwo() {
  const { store } = await openWith('ab');
  const two = [await open(store, undefined, 5), await open(store, undefined, 5)] as const;
  return { two, refresh: () => Promise.all(two.map(({ registry }) => registry.refresh())) };
}

/** With the versions 1.1, 1.2 … */
async function openWith(letters: string) {
  const process = await openAnswer();
  for (const letter of letters) await process.registry.register(newVersion(letter), by);
  return process;
}

function shadowOf(version: string, letter: string, champion = serves('1')) {
  const release = releaseOf(version);
  const challenger = {
    id: release.id,
    version: serves(version, letter),
    share: 0,
    stage: 'shadow',
  };
  return { release, serving: { champion, release: challenger, shadows: [] } };
}

function sentenceOf(written: ModelWritten<unknown>): string {
  if (written.outcome !== 'refused') throw new Error(JSON.stringify(written));
  return written.sentence;
}

describe('what a model is made of', () => {
  test('is declared once; the same again writes nothing', async () => {
    const { registry, log, store } = await openAnswer();
    expect(await registry.declare(declaredAnswer, by)).toMatchObject({ revision: 1 });
    const other = await open(store);
    expect(await other.registry.declare(declaredAnswer, by)).toMatchObject({ revision: 1 });
    const moved = { ...declaredAnswer, pipeline: 'moved' };
    expect(await registry.declare(moved, by)).toMatchObject({ revision: 2 });
    expect(registry.model('answer')).toMatchObject({ pipeline: 'moved', served: [{}] });
    // The online learner serves by itself where the log says nothing.
    expect(registry.inForce('answer')).toMatchObject({ revision: 1, champion: serves('1') });
    await registry.announceAgain();
    expect(log()).toEqual([]);
  });

  test('other features under the same version are refused', async () => {
    const { registry } = await openAnswer();
    const written = await registry.declare({ ...declaredAnswer, features: [] }, by);
    expect(sentenceOf(written)).toBe(
      'Version 1 of the features of answer is known, and these are others. Give them another version: what was trained on the known ones cannot read these.',
    );
  });

  test('of a model that is unknown nothing is taken', async () => {
    const { registry } = await open(memoryDefinitions());
    const absent = { outcome: 'absent' };
    expect(await registry.register(newVersion('a'), by)).toEqual(absent);
    expect(await registry.rollback('answer', '1', by)).toEqual(absent);
    expect(await registry.remove('answer', '1', by)).toEqual(absent);
    expect(await registry.plan('answer', ModelPlan.parse({}), 0, by)).toEqual(absent);
    expect(await registry.release('answer', shadowOf('1.1', 'a'), 0, by)).toEqual(absent);
  });
});

describe('a version', () => {
  test('gets the next number, and what the registry knows', async () => {
    const { registry, log } = await openWith('a');
    const written = await registry.register(newVersion('b', { run: 'r' }), by);
    expect(written).toMatchObject({
      outcome: 'written',
      revision: 3,
      made: { version: '1.2', parent: '1', task: 'binary', features: declaredAnswer.features },
    });
    expect(log()).toEqual([]); // nobody is served by it
  });

  test('of the same run is registered once', async () => {
    const { two, refresh } = await openTwo();
    const run = newVersion('c', { run: 'run-1' });
    const made = await Promise.all(two.map(({ registry }) => registry.register(run, by)));
    made.push(await two[0].registry.register(newVersion('e', { run: 'run-1' }), by));
    expect(made.map((each) => 'made' in each && each.made.version)).toEqual(['1.3', '1.3', '1.3']);
    await refresh();
    for (const { registry } of two) expect(registry.model('answer')!.versions.length).toBe(4);
  });

  test.each([
    ['without a file', newVersion('a', { artifact: null }), 'needs a file'],
    ['with a metric that is no number', newVersion('a', { metrics: { auc: Number.NaN } }), 'auc'],
    ['with a hash that is none', newVersion('x'), 'SHA-256'],
  ])('%s is refused', async (_, version, words) => {
    const { registry } = await openAnswer();
    expect(sentenceOf(await registry.register(version, by))).toContain(words);
    expect(registry.model('answer')!.head.revision).toBe(1);
  });

  test('is numbered apart by two processes that register at once', async () => {
    const { two, refresh } = await openTwo();
    await Promise.all(
      ['c', 'e', 'f', '1'].map((letter, i) =>
        two[i % 2]!.registry.register(newVersion(letter), by),
      ),
    );
    await refresh();
    const { versions } = two[0].registry.model('answer')!;
    const names = ['1', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6'];
    expect(versions.map(({ version }) => version.version)).toEqual(names);
    expect(new Set(versions.map(({ version }) => version.artifact?.sha256)).size).toBe(7);
    expect(two[1].registry.model('answer')).toEqual(two[0].registry.model('answer'));
  });
});

describe('who serves', () => {
  test('is in the log before it is in force, and announced again with the same time', async () => {
    const { registry, announced, log, at, said } = await openWith('a');
    const before = registry.inForce('answer');
    at.isAway = true;
    await expect(registry.rollback('answer', '1.1', by)).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringContaining('Revision 3 is recorded'),
    });
    expect(registry.model('answer')!.serving.champion.version).toBe('1.1');
    expect(registry.inForce('answer')).toBe(before);
    // What does not change who serves says nothing of the log.
    expect(await registry.register(newVersion('b'), by)).toMatchObject({ outcome: 'written' });
    at.isAway = false;
    await registry.refresh();
    expect(registry.inForce('answer')).toMatchObject({ revision: 3, champion: serves('1.1', 'a') });
    expect(said).toEqual(['A definition is not in the event log yet: no broker']);
    await registry.announceAgain();
    expect(log()).toEqual(['1.1@3', '1.1@3']);
    expect(announced[1]).toMatchObject({ at: announced[0]!.at, record: announced[0]!.record });
  });

  test('stays the same object while versions and plans come and go', async () => {
    const { registry, log } = await openWith('ab');
    const before = registry.inForce('answer');
    await registry.plan('answer', ModelPlan.parse({}), 3, by);
    await registry.remove('answer', '1.2', by);
    await registry.refresh();
    expect(registry.inForce('answer')).toBe(before);
    expect(log()).toEqual([]);
    await registry.rollback('answer', '1.1', by);
    const served = registry.inForce('answer');
    await registry.register(newVersion('c'), by);
    await registry.refresh();
    expect(registry.inForce('answer')).toBe(served);
    expect(log()).toEqual(['1.1@6']);
  });

  test('of a process that starts is what the log has; what is young is announced', async () => {
    const { registry, store } = await openWith('a');
    await registry.rollback('answer', '1.1', by);
    const young = await open(store);
    const later = await open(store, () => now + 2 * hour);
    expect([young.log(), later.log()]).toEqual([['1.1@3'], []]);
    expect(later.registry.inForce('answer')).toEqual(registry.inForce('answer'));
  });

  test('is decided on a revision: an older one is stale', async () => {
    const { registry, store } = await openWith('a');
    const other = await open(store);
    expect(await other.registry.release('answer', shadowOf('1.1', 'a'), 2, by)).toMatchObject({
      outcome: 'written',
      revision: 3,
    });
    const stale = { outcome: 'stale', revision: 3 };
    expect(await registry.release('answer', shadowOf('1.1', 'a'), 2, by)).toEqual(stale);
    expect(await registry.plan('answer', ModelPlan.parse({}), 2, by)).toEqual(stale);
  });

  test('of two processes that decide at once exactly one counts', async () => {
    const { two, refresh } = await openTwo();
    const steps = [shadowOf('1.1', 'a'), shadowOf('1.2', 'b')];
    const outcomes = await Promise.all(
      two.map(({ registry }, i) => registry.release('answer', steps[i]!, 3, by)),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['stale', 'written']);
    await refresh();
    const won = outcomes[0]!.outcome === 'written' ? '1.1' : '1.2';
    for (const { registry } of two) {
      expect(registry.model('answer')!.releases.map(({ version }) => version)).toEqual([won]);
      expect(registry.inForce('answer')!.release!.version.version).toBe(won);
    }
  });

  test('goes back at once, whatever is being released', async () => {
    const { registry } = await openWith('abc');
    await registry.rollback('answer', '1.1', by);
    await registry.release('answer', shadowOf('1.2', 'b', serves('1.1', 'a')), 5, by);
    await registry.rollback('answer', '1.1', { actor: 'bob', reason: 'it harms' });
    expect(registry.model('answer')).toMatchObject({
      serving: { champion: serves('1.1', 'a'), release: null },
      releases: [
        {
          phase: 'aborted',
          steps: [{ actor: 'bob', sentence: 'Ended, since 1.1 was made the champion: it harms' }],
        },
      ],
    });
    expect(sentenceOf(await registry.rollback('answer', '1.1', by))).toBe(
      'Version 1.1 is the champion already, and nothing else serves.',
    );
  });
});

describe('refused, with what to do:', () => {
  test('a version that is unknown, deleted, or of other features', async () => {
    const { registry } = await openWith('abc');
    await registry.remove('answer', '1.2', by);
    expect(sentenceOf(await registry.rollback('answer', '1.9', by))).toBe(
      'There is no version 1.9 of answer. There are: 1, 1.1, 1.3.',
    );
    const step = shadowOf('1.2', 'b');
    const deleted = 'Version 1.2 of answer is deleted. Take another, or train it again.';
    expect(sentenceOf(await registry.rollback('answer', '1.2', by))).toBe(deleted);
    expect(sentenceOf(await registry.release('answer', step, 5, by))).toBe(deleted);
    await registry.declare({ ...declaredAnswer, version: '2', features: [] }, by);
    const other =
      'Version 1.1 of answer reads version 1 of its features, and 2 is in use. Take one that reads these, or train one.';
    expect(sentenceOf(await registry.rollback('answer', '1.1', by))).toBe(other);
    expect(sentenceOf(await registry.release('answer', shadowOf('1.1', 'a'), 6, by))).toBe(other);
  });

  test('a deletion while something points to it', async () => {
    const { registry } = await openWith('abcdef01');
    const said = async (version: string) =>
      sentenceOf(await registry.remove('answer', version, by));
    await registry.rollback('answer', '1.1', by);
    expect(await said('1')).toContain('is the online learner by itself');
    expect(await said('1.1')).toContain('is the champion: make another one champion first');
    const { head } = registry.model('answer')!;
    const step = shadowOf('1.2', 'b', serves('1.1', 'a'));
    const shadows = [serves('1.3', 'c')];
    const serving = { ...step.serving, shadows };
    await registry.release('answer', { ...step, serving }, head.revision, by);
    expect(await said('1.2')).toContain('is being released: abort the release first');
    expect(await said('1.3')).toContain('predicts as a shadow: take it out of the shadows first');
    for (const version of ['1.2', '1.3', '1.4', '1.5']) {
      await registry.rollback('answer', version, by);
      expect(await said('1.1')).toContain('is one of the last 5 champions');
    }
    await registry.rollback('answer', '1.6', by);
    expect(await registry.remove('answer', '1.1', by)).toMatchObject({ outcome: 'written' });
    expect(await said('1.1')).toBe('Version 1.1 of answer is deleted already.');
    expect(await said('1.2')).toContain('is one of the last 5 champions');
    expect(await said('1.9')).toContain('There is no version 1.9');
    expect(await registry.remove('answer', '1.7', by)).toMatchObject({ outcome: 'written' });
  });
});

// Random commands of two processes, of which each may decide on what it has read some time ago.
test('the state is that of a simple model of it, whatever two processes do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(intents, { maxLength: 25 }), async (commands: Intent[]) => {
      const store = memoryDefinitions();
      const processes = [await open(store), await open(store)] as const;
      const reference = createReference();
      await processes[0].registry.declare(declaredAnswer, by);
      for (const command of commands) {
        const { registry } = processes[command.process];
        const seen = registry.model('answer')?.head.revision ?? 0;
        const expected = reference.apply(command, seen);
        expect([command, await reference.ask(registry, command, seen)]).toEqual([
          command,
          expected,
        ]);
      }
      for (const { registry, said } of processes) {
        await registry.refresh();
        expect(reference.pictureOf(registry.model('answer')!)).toEqual(reference.picture());
        expect(said).toEqual([]);
        expect(registry.inForce('answer')).toMatchObject(registry.model('answer')!.serving);
      }
      // Each has told the log of everything that it acted by, the newest last.
      const { log } = processes[0];
      const newest = reference.newest();
      expect(log().at(-1)).toBe(newest === '1@1' ? undefined : newest);
    }),
    { numRuns: 150 },
  );
});
