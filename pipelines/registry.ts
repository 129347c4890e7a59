/** The pipelines that the engine runs: one line makes another available to configuration, command line and dashboard. */
import { EngineError } from '../contracts/errors.ts';
import type { Pipeline } from '../contracts/pipeline.ts';
import { learning } from './learning.ts';

export const pipelines: ReadonlyMap<string, Pipeline> = new Map(
  [learning].map((pipeline) => [pipeline.name, pipeline]),
);

/** @throws EngineError CONFIGURATION_INVALID naming those that there are */
export function pipelineNamed(name: string): Pipeline {
  const pipeline = pipelines.get(name);
  if (pipeline !== undefined) return pipeline;
  const known = [...pipelines.keys()].join(', ');
  throw new EngineError('CONFIGURATION_INVALID', `pipeline ${name}: expected one of ${known}`);
}
