/**
 * Decisions of the synthetic campus, rewards by its planted truth: which format to suggest, by programme; and which topic to
 * recommend, by what a student has said of each.
 *
 * Students come at random. What is chosen by is a campus of another seed than what is reported.
 */

import { formats, programmes, topics } from '../../sources/campus/curriculum.ts';
import type { CampusPlan, TasteDrift } from '../../sources/campus/plan.ts';
import { normal, randomState, reseed } from '../../sources/campus/random.ts';
import {
  affinityAt,
  completionProbability,
  ratingOf,
  suggestionRewards,
  taste,
} from '../../sources/campus/response.ts';
import { affinityOf, programmeOf } from '../../sources/campus/students.ts';
import { below, randomState as seeded } from '../../stats/random.ts';
import { bernoulli } from './bernoulli.ts';
import type { Round, Task } from './task.ts';

const students = 2_000;
/** Each student has rated each topic so often before. */
const ratings = 3;
const firstSeed = 1_000;

const oneHot = (names: readonly string[]) =>
  names.map((field) => ({ kind: 'numeric' as const, field, missing: 'zero' as const }));

export const suggestions: Task = {
  name: 'suggestions',
  everyMs: 30_000,
  define: (reads) => ({
    actions: formats.map((key) => ({ key, name: key, traits: { [key]: 1 } })),
    context: {
      features: [{ kind: 'categorical', field: 'programme', buckets: 8, missing: 'zero' }],
    },
    traits: reads === 'context' ? {} : { bias: reads === 'both', features: oneHot(formats) },
  }),
  rounds(part, count, seed) {
    const random = seeded(part === 'first' ? firstSeed + seed : seed);
    return Array.from({ length: count }, () => {
      const student = below(random, students);
      const programme = programmeOf(student);
      const means = Float64Array.from(suggestionRewards[programme]!);
      return {
        user: `student-${student}`,
        attributes: { programme: programmes[programme]!.name },
        means,
        rewards: bernoulli(random, means),
      };
    });
  },
};

/** @param drifts of everyone's taste, ms after the first decision */
export function recommendations(drifts: readonly TasteDrift[]): Task {
  const plan: Pick<CampusPlan, 'tasteDrifts'> = { tasteDrifts: drifts };
  return {
    name: 'topics',
    everyMs: 30_000,
    define: (reads) => ({
      actions: topics.map((topic) => ({ key: topic, name: topic, traits: { topic, [topic]: 1 } })),
      context:
        reads === 'context'
          ? {
              features: topics.map((topic) => ({
                kind: 'numeric',
                field: `preference.topic.${topic}`,
              })),
            }
          : {},
      traits:
        reads === 'context'
          ? {}
          : {
              bias: false,
              features: [
                { kind: 'numeric', field: 'preference.topic' },
                ...(reads === 'interaction' ? oneHot(topics) : []),
              ],
            },
    }),
    rounds(part, count, seed) {
      const campus = part === 'first' ? firstSeed + seed : seed;
      const random = seeded(campus);
      const own = randomState();
      const affinities: Float64Array[] = [];
      const told: ((preference: string, value: string) => number)[] = [];
      for (let student = 0; student < students; student += 1) {
        affinities.push(Float64Array.from(topics, (_, i) => affinityOf(own, campus, student, i)));
        told.push(tellOf(affinities[student]!, campus, student));
      }
      return Array.from({ length: count }, (_, i): Round => {
        const student = below(random, students);
        const means = affinities[student]!.map((affinity, topic) =>
          completionProbability(affinityAt(plan as CampusPlan, topic, affinity, i * this.everyMs)),
        );
        return {
          user: `student-${student}`,
          attributes: {},
          affinity: told[student]!,
          means,
          rewards: bernoulli(random, means),
        };
      });
    },
  };
}

/** What the ratings tell of a student: per topic the mean beyond the middle, shrunk as its noise deserves. */
function tellOf(affinities: Float64Array, campus: number, student: number) {
  const random = randomState();
  reseed(random, campus ^ 0x7274, student, 0);
  const shrink = ratings + (taste.ratingNoise / taste.ratingSlope) ** 2;
  const told = new Map<string, number>(
    topics.map((topic, i) => {
      let sum = 0;
      for (let each = 0; each < ratings; each += 1) {
        sum += ratingOf(affinities[i]!, normal(random)) - 3;
      }
      return [topic, sum / shrink];
    }),
  );
  return (_: string, value: string): number => told.get(value) ?? 0;
}
