/**
 * Versions, releases and training runs as they are told to who may see figures of groups alone: what there is, who made it and where it
 * stands. Two training sets, and two looks at a release, differ by few people; so what was counted and measured is withheld.
 */
import type { ModelLife, TrainingRunsAnswer } from '../../contracts/modelLifeApi.ts';
import type { Release } from '../../contracts/release.ts';
import { engineActor } from '../../control/releases/stepRelease.ts';
import { withheldSentence } from './withheldSentence.ts';

export function lifeForGroups(life: ModelLife): ModelLife {
  return {
    ...life,
    versions: life.versions.map((each) => ({ ...each, metrics: {}, data: null })),
    release: life.release && releaseForGroups(life.release),
    releases: life.releases.map(releaseForGroups),
    served: life.served.map((span) => ({ ...span, reason: reasonForGroups(span) })),
  };
}

/** The engine's own reasons are what the evidence has shown. */
export function reasonForGroups({
  actor,
  reason,
}: {
  readonly actor: string;
  readonly reason: string;
}): string {
  return actor === engineActor ? withheldSentence : reason;
}

function releaseForGroups(release: Release): Release {
  const steps = release.steps.map((each) => ({
    ...each,
    ...{ sentence: reasonForGroups({ ...each, reason: each.sentence }), evidence: null },
  }));
  return { ...release, steps };
}

export function runsForGroups({ runs, outlook }: TrainingRunsAnswer): TrainingRunsAnswer {
  return {
    runs: runs.map((run) => ({
      ...run,
      cause: { ...run.cause, sentence: withheldSentence, figures: {} },
      steps: run.steps.map((each) => ({ ...each, sentence: '' })),
      sentence: withheldSentence,
    })),
    outlook: outlook.map((each) => ({ ...each, sentence: withheldSentence })),
  };
}
