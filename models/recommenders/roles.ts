/** The two columns that every recommender looks at. */
import type { RecommenderRole } from './recommender.ts';

export const pairRoles = {
  user: { column: 'user', summary: 'who gets the item' },
  item: { column: 'item', summary: 'what they get, or a property of it, such as its topic' },
} as const satisfies Record<string, RecommenderRole>;
