/** Without the schemas of the contract, which no page needs that only shows. */
import type { ExperimentState } from '../../contracts/experiment.ts';

/** Whether units are in it, or will be again. */
export function isLive({ state }: { readonly state: ExperimentState }): boolean {
  return state === 'running' || state === 'paused';
}
