/** What an annotation makes of an experiment: it is added once, in its place in time, and comes back as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotationsMax } from '../../../contracts/experiment.ts';
import { annotated } from '../../../control/experiments/annotate.ts';
import { makeExperiment } from '../../support/experiments.ts';

const now = Date.UTC(2026, 0, 15);
const notes = fc.uniqueArray(
  fc.record({ at: fc.integer({ min: now, max: now + 9 }), text: fc.constantFrom('a', 'b', 'c') }),
  { selector: ({ at, text }) => `${at} ${text}`, maxLength: 12 },
);

test('what is added and removed again leaves the others as they were, in the order of time', () => {
  fc.assert(
    fc.property(notes, ([note, ...others]) => {
      fc.pre(note !== undefined);
      let experiment = makeExperiment();
      for (const add of others) experiment = annotated(experiment, { add }, 0) as typeof experiment;
      const added = annotated(experiment, { add: note! }, 0) as typeof experiment;
      const times = added.annotations.map(({ at }) => at);
      expect(times).toEqual([...times].sort());
      expect(added.annotations.length).toBe(others.length + 1);
      expect(annotated(added, { add: note! }, 0)).toBe(added);
      expect(annotated(added, { remove: note! }, 0)).toEqual(experiment);
      expect(annotated(experiment, { remove: note! }, 0)).toBe(experiment);
    }),
  );
});

test('without a time it is now, and beyond the most there may be it is refused with a sentence', () => {
  const annotations = Array.from({ length: annotationsMax }, (_, i) => ({ at: now, text: `${i}` }));
  const full = { ...makeExperiment(), annotations };
  expect(annotated(full, { add: { text: 'one more' } }, now)).toMatch(/no more can be kept/);
  const room = { ...full, annotations: annotations.slice(1) };
  expect(annotated(room, { add: { text: 'one more' } }, now + 5)).toMatchObject({
    annotations: expect.arrayContaining([{ at: now + 5, text: 'one more' }]),
  });
});
