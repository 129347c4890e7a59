/**
 * Which topics each user likes, from ratings of 1 … 5 and from what is finished or given up.
 *
 * A rating scatters by a third of the scale around the liking, a completion by all of it: next to a rating it says a fifth.
 */
import type { PreferenceOptions } from './preferences.ts';

export const topicPreference: PreferenceOptions = {
  name: 'topic',
  attribute: 'context.topic',
  signals: [
    { type: 'rated', times: 0.5, plus: -1.5 },
    { type: 'completed', times: 2, plus: -1, weight: 0.2 },
  ],
  seen: ['viewed'],
};
