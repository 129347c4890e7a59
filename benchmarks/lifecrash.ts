/**
 * kill -9 at each step of a model's life: of a training run from its request to its version, of a release from shadow to the end of its
 * trial, and of a rollback; just before the step is written and just behind, or while a thread is at work on it.
 *
 * Two engines get the same answers; one is killed at each step and started again. Both must end alike, and the killed one as its own
 * log says, run through a fresh database.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Figures } from './run.ts';
import { liveThrough } from './support/lifeDriver.ts';
import { readLife } from './support/lifePicture.ts';
import { type Death, type LifeStep, lifeSteps } from './support/lifeSteps.ts';
import { differenceOf } from './support/tables.ts';
import { withDirectory } from './support/temporary.ts';

/** Done by a thread, or by waiting for one. */
const long: readonly LifeStep[] = ['train', 'calibrate', 'export', 'gates'];

/** At one step of the run a process may end twice: that which ends a third time there ends the run. */
export const allDeaths: readonly Death[] = lifeSteps.flatMap((step): Death[] => [
  ...(step === 'snapshot' ? [] : [{ step, when: 'before' } as const]),
  { step, when: long.includes(step) ? 'within' : 'after' },
]);
const fewDeaths = allDeaths.filter((_, i) => i % 6 === 4);

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const deaths = full ? allDeaths : fewDeaths;
  return withDirectory(async (directory) => {
    const [straight, killed] = [join(directory, 'straight'), join(directory, 'killed')];
    const lived = await liveThrough(killed, deaths);
    const whole = await liveThrough(straight, []);
    const expected = (await readLife(straight, whole.run)).picture;
    const { picture, contents } = await readLife(killed, lived.run);
    const { rows, ...life } = picture;
    const { rows: expectedRows, ...expectedLife } = expected;
    const differing = Object.entries(expectedLife).filter(
      ([part, value]) => !isDeepStrictEqual(life[part as keyof typeof life], value),
    );
    let wrong = 0;
    let count = 0;
    for (const [name, all] of Object.entries(expectedRows)) {
      const found = rows[name]!;
      count += all.length;
      wrong += Math.abs(found.length - all.length);
      wrong += all.filter((row, i) => !isDeepStrictEqual(row, found[i])).length;
    }
    const replayed = join(directory, 'replayed');
    for (const part of ['log', 'artifacts']) {
      cpSync(join(killed, part), join(replayed, part), { recursive: true });
    }
    const again = await readLife(replayed, lived.run);
    let replay = 0;
    for (const [table, of] of again.contents) {
      const difference = differenceOf(contents.get(table)!, of);
      replay += difference.lost + difference.duplicated + difference.wrong;
    }
    return {
      kills: deaths.length - lived.missed.length,
      kills_missed: lived.missed.length,
      starts: lived.starts,
      versions: picture.versions.length,
      releases: picture.releases.length,
      rows: count,
      parts_differing: differing.length,
      rows_differing: wrong,
      rows_differing_replay: replay,
    };
  });
}
