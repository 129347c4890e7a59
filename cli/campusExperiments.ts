/** Defines the experiments that the synthetic campus plays, before it plays them. */
import type { ExperimentRegistry } from '../control/experiments/registry.ts';
import type { Campus } from '../sources/campus/campus.ts';
import { campusExperiments } from '../sources/campus/experiments.ts';

const actor = 'campus';

/** The edition of a campus that begins now: its experiments have names that nobody has used. */
export function nextEdition(registry: ExperimentRegistry): number {
  const editions = registry
    .experiments()
    .filter(({ changes }) => changes[0]?.actor === actor)
    .map(({ record }) => Number(/-(\d+)$/.exec(record.experiment.key)?.[1] ?? 1));
  return Math.max(0, ...editions) + 1;
}

/**
 * Those that are there already stay as they are; those of an earlier campus end.
 *
 * @returns sentences about what was done, and about what was not
 * @throws EngineError as the registry's writes
 */
export async function defineCampusExperiments(
  registry: ExperimentRegistry,
  campus: Campus,
): Promise<string[]> {
  const { metrics, experiments } = campusExperiments(campus);
  const said: string[] = [];
  const keys = new Set(experiments.map(({ key }) => key));
  for (const { record, changes } of registry.experiments()) {
    const { key, state } = record.experiment;
    const isOurs = changes[0]?.actor === actor && !keys.has(key);
    if (!isOurs || (state !== 'running' && state !== 'paused')) continue;
    const by = { actor, reason: 'The synthetic campus began anew.' };
    await registry.move(key, { move: 'stop' }, by);
  }
  const by = { actor, reason: 'The synthetic campus plays it.' };
  for (const metric of metrics) await registry.createMetric(metric, by);
  for (const experiment of experiments) {
    const written = await registry.adopt(experiment, by);
    if (written.outcome === 'created') said.push(`“${experiment.name}”`);
    else if (written.outcome === 'refused') {
      said.push(
        `not ${experiment.key}: ${written.problems.map((each) => each.sentence).join(' ')}`,
      );
    }
  }
  return said.length === 0 ? [] : [`It takes part in experiments: ${said.join(', ')}.`];
}
