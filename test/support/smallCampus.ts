/** Two institutions that have nothing in common. */
import type { PlaceNode } from '../../contracts/place.ts';

export const smallCampus: readonly PlaceNode[] = [
  { level: 'institution', name: 'north', parent: null },
  { level: 'institution', name: 'south', parent: null },
  { level: 'programme', name: 'mathematics', parent: 'north' },
  { level: 'programme', name: 'law', parent: 'south' },
  { level: 'course', name: 'algebra', parent: 'mathematics' },
  { level: 'course', name: 'analysis', parent: 'mathematics' },
  { level: 'course', name: 'contracts', parent: 'law' },
  // Names are unique within a level, not across levels.
  { level: 'course', name: 'law', parent: 'law' },
];
