/** The search of a page of drift that shows the same range and reference, and one day or the newest. */
import { type Search, searchDefaults } from '../data/search.ts';

export function withDay(day: number | undefined): (search: Partial<Search>) => Search {
  return (search) => ({ ...searchDefaults, ...search, day });
}
