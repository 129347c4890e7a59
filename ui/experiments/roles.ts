/** The roles of metrics, in the order in which they are shown. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';

export type MetricRole = ExperimentDetail['experiment']['metrics'][number]['role'];
export const roleOrder: readonly MetricRole[] = ['primary', 'secondary', 'guardrail'];
