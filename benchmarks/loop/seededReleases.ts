/**
 * Releases of challengers that are as good as the champion, or harmful: each is asked the gates, and released whatever they say, so that
 * the release alone has to stop it.
 *
 * Of each campus a champion is trained on the first answers. An equal challenger is trained on the same by another seed; harmful ones have
 * learnt labels that were shuffled in every second skill, only the first twentieth of the answers, every label the wrong way round, or
 * have log-odds three times too large. A combiner beside each may learn not to heed it: that is part of what is measured.
 */
import { ModelPlan } from '../../contracts/modelPlan.ts';
import { judgeGates } from '../../control/gates/judgeGates.ts';
import { openSession } from '../../models/scoring/session.ts';
import { createVersionScorer } from '../../models/scoring/versionScorer.ts';
import { rowsOf } from '../../models/training/trainingSet.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import { calm } from '../../sources/campus/plan.ts';
import { answerLearner, answerLog, type KnownAnswers, knownAnswers } from './answerLog.ts';
import {
  type ChallengerKind,
  harmfulKinds,
  type MadeVersion,
  trainChallenger,
  trainChampion,
} from './challengers.ts';
import { type EndedRelease, playRelease } from './playRelease.ts';

export interface SeededSize {
  readonly seeds: readonly number[];
  readonly students: number;
  /** Answers from which models learn; the last fifth is for the gates. */
  readonly learnt: number;
  /** Answers between their training and the release, which the champion serves. */
  readonly between: number;
  /** Answers of a release at most. */
  readonly released: number;
  /** Challengers as good as the champion, of each campus. */
  readonly equals: number;
  /** Kinds of harmful ones; all by default. */
  readonly kinds?: readonly ChallengerKind[];
}

export interface SeededRelease extends EndedRelease {
  readonly seed: number;
  readonly kind: ChallengerKind;
  readonly from: 'shadow' | 'canary';
  /** Gates that it fails. */
  readonly failed: readonly string[];
}

const chunkLength = 100;
const start = Date.UTC(2026, 2, 2);

export async function* seededReleases(size: SeededSize): AsyncGenerator<SeededRelease> {
  const { seeds, students, learnt, between, released, equals, kinds = harmfulKinds } = size;
  const usual = ModelPlan.parse({});
  const { shadow } = usual.release;
  // A release that neither harms nor helps ends before the log does.
  const rowsMax = Math.min(shadow.rowsMax, released - 3 * chunkLength);
  const plan = { ...usual.release, shadow: { ...shadow, rowsMax } };
  const files = new Map<string, Uint8Array>();
  const scorer = createVersionScorer((sha256) => files.get(sha256)!);
  try {
    for (const seed of seeds) {
      const campus = createCampus({ seed, students, start, plan: calm });
      const chunks = answerLog(campus, learnt + between + released, chunkLength);
      const championAt = Math.ceil(learnt / chunkLength);
      const known = knownAnswers(chunks.slice(0, championAt));
      const rows = known.set.labels.length;
      const learntFrom = partOf(known, 0, Math.floor(0.8 * rows));
      const holdout = partOf(known, Math.floor(0.8 * rows), rows);
      const champion = trainChampion(learntFrom, 1);
      files.set(champion.served.sha256!, champion.file);
      const asked = [...new Array<ChallengerKind>(equals).fill('equal'), ...kinds];
      for (const [i, kind] of asked.entries()) {
        const challenger = trainChallenger(kind, learntFrom, 2 + i);
        files.set(challenger.served.sha256!, challenger.file);
        const failed = await failedGates(champion, challenger, holdout);
        for (const from of ['shadow', 'canary'] as const) {
          const ended = playRelease({
            ...{ chunks, scorer, championAt, from, plan },
            releaseAt: championAt + Math.ceil(between / chunkLength),
            ...{ champion: champion.served, challenger: challenger.served },
            id: `${seed}-${i}-${from}`,
          });
          yield { ...ended, seed, kind, from, failed };
        }
        files.delete(challenger.served.sha256!);
      }
    }
  } finally {
    await scorer.close();
  }
}

function partOf({ set, online, users, times, skills }: KnownAnswers, from: number, to: number) {
  return {
    set: rowsOf(set, from, to),
    online: online.subarray(from, to),
    users: users.subarray(from, to),
    times: times.subarray(from, to),
    skills: skills.slice(from, to),
  };
}

async function failedGates(
  champion: MadeVersion,
  challenger: MadeVersion,
  { set, online, users, times, skills }: KnownAnswers,
): Promise<string[]> {
  const session = await openSession(champion.file, { allowsMissing: true });
  try {
    const { gates } = await judgeGates({
      model: {
        task: set.task,
        features: set.features.map((feature) => ({ monotone: 0 as const, ...feature })),
        featureVersion: answerLearner.version,
      },
      plan: ModelPlan.parse({}).gates,
      candidate: { bytes: challenger.file, golden: null },
      champion: { version: champion.served.version, score: (values) => session.score(values) },
      holdout: {
        set,
        online,
        served: online,
        users,
        times,
        slices: new Map([['context.skill', skills]]),
      },
      groups: [],
      clock: Date.now,
      openSession: (bytes, options) => openSession(bytes, options),
    });
    return gates.flatMap(({ gate, outcome }) => (outcome === 'failed' ? [gate] : []));
  } finally {
    await session.release();
  }
}
