/** Models with a known course for the pictures and the sentences: no clock, no chance. */
import type { ModelPerformance } from '../../../contracts/performanceApi.ts';
import { fakeModels, fakePerformance } from '../../support/fakePerformance.ts';

/** A Wednesday, 14:00 UTC. */
export const now = Date.UTC(2026, 10, 25, 14);

const models = fakeModels(now);

export async function performanceOf(
  name: 'dropout' | 'drifted' | 'young' | 'grade',
  figure = 'logLoss',
): Promise<ModelPerformance> {
  return (await fakePerformance(models, name, { figure }))!;
}
