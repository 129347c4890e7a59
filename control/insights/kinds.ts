/** The catalogue: a line for each rule, in the order of areas and names. */
import type { InsightKind } from './insightKind.ts';

export const insightKinds: readonly InsightKind[] = [];
