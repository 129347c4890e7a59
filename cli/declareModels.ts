/** Makes the online learners of the pipelines known to the registry of models, so that versions can be built on their features. */
import { EngineError } from '../contracts/errors.ts';
import { ModelFeature } from '../contracts/modelVersion.ts';
import type { Declared, ModelRegistry } from '../control/registry/modelRegistry.ts';
import { learners } from '../models/registry.ts';
import { learning } from '../pipelines/learning.ts';

const by = { actor: 'engine', reason: 'the online learner of the pipeline' };

/** Those on whose features others can build. */
export function declaredModels(): Declared[] {
  return Object.entries(learners).flatMap(([model, { version, examples }]) => {
    if (examples.length === 0) return [];
    const features = examples.map((name) => ModelFeature.parse({ name }));
    return [{ model, pipeline: learning.name, task: 'binary' as const, version, features }];
  });
}

/**
 * What cannot be declared now is told: the engine does without, and the next start tries again.
 *
 * @param say told a sentence each
 */
export async function declareModels(
  models: Pick<ModelRegistry, 'declare'>,
  say: (sentence: string) => void,
): Promise<void> {
  for (const declared of declaredModels()) {
    try {
      const written = await models.declare(declared, by);
      if (written.outcome === 'refused') say(written.sentence);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      say(`The model ${declared.model} was not declared: ${error.message}`);
    }
  }
}
