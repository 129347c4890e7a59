/** Gathers what the rules look at of models: the engine's own, and those that are run elsewhere and watched. */
import type { FactMoment, FactSources } from '../factSources.ts';
import type { ModelFacts } from './modelFacts.ts';
import { gatherLife } from './modelLife.ts';
import { oncePerDay } from './oncePerDay.ts';
import { outsideModels } from './outsideModels.ts';
import { ownModels } from './ownModels.ts';
import { readSlices } from './sliceDays.ts';

export type { ModelFacts } from './modelFacts.ts';

export async function gatherModels(
  sources: FactSources,
  moment: FactMoment,
): Promise<ModelFacts[]> {
  const { reader } = sources;
  const slices = await oncePerDay(sources, moment, 'slices', () => readSlices(reader, moment));
  const own = await ownModels(sources, moment);
  const outside = await oncePerDay(sources, moment, 'outside models', () =>
    outsideModels(reader, moment),
  );
  const found: ModelFacts[] = [];
  for (const each of own) {
    const known = sources.models.model(each.key);
    const life =
      known === undefined || known.pipeline !== each.pipeline
        ? null
        : await gatherLife(sources, known, moment);
    found.push({ ...each, life, slices: slices(each.pipeline, each.key) });
  }
  const isOwn = new Set(found.map(({ pipeline, key }) => `${pipeline}\n${key}`));
  for (const each of outside) {
    if (isOwn.has(`${each.pipeline}\n${each.key}`)) continue;
    found.push({ ...each, slices: slices(each.pipeline, each.key) });
  }
  return found;
}
