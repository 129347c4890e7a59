/**
 * The experiments of a log that is to be run twice: definitions as records of the log itself, so that no control plane has a
 * part in it, and the campus that exposes students and answers.
 *
 * One of the three assigns classes, for the counts of clusters; another is paused and goes on, as its records say.
 */
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { Announce } from '../../control/definitions/announcer.ts';
import { type Campus, createCampus } from '../../sources/campus/campus.ts';
import { campusExperiments } from '../../sources/campus/experiments.ts';

const day = 86_400_000;
const joinMs = 2 * 3_600_000;
const classes = 25;
const clustered = 'focus-mode';
const paused = 'streak-badges';

/**
 * A campus of the last three days, some 60 events a student and day; all have joined within hours. Nothing comes twice by itself:
 * of what comes again after an hour nobody can tell it from the producer's repetitions.
 */
export function trialCampus(students: number): Campus {
  const options = { seed: 3, students, start: Date.now() - 3 * day };
  const { experiments, delivery } = createCampus(options).truth.plan;
  const soon = experiments.map((each) => ({ ...each, joinWithinMs: joinMs }));
  return createCampus({
    ...options,
    plan: { experiments: soon, delivery: { ...delivery, duplicateShare: 0 } },
  });
}

/** The record of an event with the class of its student where classes are assigned. */
export function withClass(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const named = `"experiment":"${clustered}"`;
  const user = /"user":"([^"]+)"/.exec(text)?.[1];
  if (user === undefined || !text.includes(named)) return bytes;
  const number = [...user].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % classes;
  return Buffer.from(text.replace(named, `${named},"unit":"class-${number}"`), 'latin1');
}

/**
 * Writes definitions into every partition of a log.
 *
 * @param turn 1: of all experiments, running; 2: one is paused; 3: it goes on
 */
export async function announceTrials(
  announce: Announce<ExperimentRecord>,
  campus: Campus,
  turn: 1 | 2 | 3,
): Promise<void> {
  const { metrics, experiments } = campusExperiments(campus);
  const records = experiments
    .filter(({ key }) => turn === 1 || key === paused)
    .map(
      (experiment): ExperimentRecord => ({
        revision: turn,
        experiment: {
          ...experiment,
          ...(experiment.key === clustered ? { unit: 'class' } : {}),
          state: turn === 2 ? 'paused' : 'running',
        },
        metrics: metrics.filter(({ key }) =>
          experiment.metrics.some(({ metric }) => metric === key),
        ),
      }),
    );
  await announce(records.map((record) => ({ record, at: campus.start })));
}
