/** A process that dies at any point of a release, before what it waits for is done or after: who comes next ends where it would have. */
import { expect, test } from 'vitest';
import type { ReleaseReading } from '../../../control/releases/releaseEvidence.ts';
import { Releasing } from '../../../control/releases/releasing.ts';
import { by, fakeRegistry, newWorld, register, type World } from './fakeModels.ts';
import { readingOf, stage } from './readings.ts';

const shadow = stage('shadow', 4_000, -0.012);
const canary = ['canary-1', 'canary-2', 'canary-3'].map((name) => stage(name, 2_000, -0.01));

/** What is known at each time; a trial has evidence of its own. */
interface Moment {
  readonly reading: ReleaseReading;
  readonly trial?: ReleaseReading;
  readonly registers?: string;
  readonly approves?: boolean;
}

const courses: Readonly<Record<string, readonly Moment[]>> = {
  'to champion, and the next begins': [
    { registers: '1.1', reading: readingOf() },
    { reading: readingOf(shadow) },
    { approves: true, reading: readingOf(shadow), registers: '1.2' },
    { reading: readingOf(shadow, ...canary), registers: '1.3' },
    { reading: readingOf(shadow, ...canary) },
    { reading: readingOf(shadow, ...canary) },
    { reading: readingOf(shadow), trial: readingOf(stage('shadow', 12_000, 0.01)) },
    { reading: readingOf(shadow) },
  ],
  'harm in the canary': [
    { registers: '1.1', reading: readingOf(shadow) },
    { approves: true, reading: readingOf(shadow) },
    { reading: readingOf(shadow, stage('canary-1', 450, 0.06)), registers: '1.2' },
    { reading: readingOf() },
  ],
  'taken back after the promotion': [
    { registers: '1.1', reading: readingOf(shadow) },
    { approves: true, reading: readingOf(shadow, ...canary) },
    { reading: readingOf(shadow, ...canary) },
    { reading: readingOf(shadow, ...canary) },
    { reading: readingOf(shadow, ...canary), trial: readingOf(stage('shadow', 900, -0.06)) },
    { reading: readingOf() },
  ],
};

/**
 * Plays a course; the process dies at the given point, and its successor begins with what is in the world.
 *
 * @param dies number of the point at which it dies for good: nothing that it waits for ever comes
 * @returns the events, and how many points were passed
 */
async function play(
  course: readonly Moment[],
  dies = Infinity,
): Promise<{ world: World; points: number }> {
  const world = newWorld({ approvals: ['canary'] });
  let points = 0;
  for (const moment of course) {
    world.now += 1_000;
    if (moment.registers !== undefined) register(world, moment.registers);
    for (let isDone = false; !isDone; ) {
      let die!: () => void;
      const died = new Promise<'died'>((resolve) => {
        die = () => resolve('died');
      });
      const at = () => {
        points += 1;
        if (points !== dies) return Promise.resolve();
        die();
        return new Promise<void>(() => undefined);
      };
      const registry = fakeRegistry(world);
      registry.at = at;
      const releasing = new Releasing({
        registry,
        clock: () => world.now,
        async readEvidence(_, { id }) {
          await at();
          const { reading, trial = readingOf() } = moment;
          return id.startsWith('after-') ? trial : reading;
        },
      });
      const work = async () => {
        // Whoever had no answer asks again, once he has seen that nothing came of it.
        const waits = registry.known().releases.at(-1)?.awaits;
        if (moment.approves === true && waits !== null) {
          await releasing.move('answer', 'approve', by);
        }
        await registry.refresh();
        expect(await releasing.look('answer')).toBe(undefined);
        return 'done' as const;
      };
      isDone = (await Promise.race([work(), died])) === 'done';
    }
  }
  return { world, points };
}

test.each(Object.entries(courses))('%s', async (_, course) => {
  const whole = await play(course);
  const events = whole.world.rows.map(({ event }) => event);
  expect(events.filter(({ kind }) => kind === 'released').length).toBeGreaterThan(2);
  for (let dies = 1; dies <= whole.points; dies += 1) {
    const { world, points } = await play(course, dies);
    expect(points).toBeGreaterThan(dies);
    // Every event, in its order, with its time and its sentence: none is missing, and none there twice.
    expect(world.rows).toEqual(whole.world.rows);
  }
});

test('the courses go where they say', async () => {
  const ends = [];
  for (const course of Object.values(courses)) {
    const { world } = await play(course);
    ends.push(
      fakeRegistry(world)
        .known()
        .releases.map(({ version, phase }) => `${version} ${phase}`),
    );
  }
  expect(ends).toEqual([
    ['1.1 promoted', '1 withdrawn', '1.3 shadow'],
    ['1.1 withdrawn', '1.2 shadow'],
    ['1.1 promoted', '1 promoted'],
  ]);
});
