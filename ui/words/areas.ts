/** What areas are called: on the page of recommendations, and in the preview that is loaded with the overview. */
import type { InsightArea } from '../../contracts/insight.ts';

export const areaWords: Readonly<Record<InsightArea, string>> = {
  models: 'Models',
  data: 'Data',
  experiments: 'Experiments',
  personalization: 'Personalization',
  operations: 'Operations',
};
