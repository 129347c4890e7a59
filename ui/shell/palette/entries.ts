/** What the palette finds, ordered by how well it fits. */

import type { groupWords } from '../../words/palette.ts';
import { fuzzyScore } from './fuzzy.ts';

export type GroupName = keyof typeof groupWords;

export interface Entry {
  /** The same whenever the palette is opened: what was chosen last is known by it. */
  readonly id: string;
  readonly group: Exclude<GroupName, 'recent'>;
  readonly label: string;
  /** A key, a state, a time. */
  readonly detail?: string | undefined;
  go(): void;
}

export interface EntryGroup {
  readonly name: GroupName;
  readonly entries: readonly Entry[];
}

/** Most of one group. */
const groupMax = 6;
/** Before anything is typed: the rest is too much to be looked through. */
const shownAtFirst: readonly GroupName[] = ['pages', 'actions', 'alerts'];

/** @param recent ids of what was chosen last, the newest first */
export function groupsOf(
  entries: readonly Entry[],
  query: string,
  recent: readonly string[],
): EntryGroup[] {
  if (query.trim() === '') {
    const known = recent.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
    const first = shownAtFirst.map((name) => ({
      name,
      entries: entries
        .filter((entry) => entry.group === name && !recent.includes(entry.id))
        .slice(0, name === 'pages' ? undefined : groupMax),
    }));
    return [{ name: 'recent' as const, entries: known }, ...first].filter(isFilled);
  }
  const scored = entries.flatMap((entry) => {
    const label = fuzzyScore(query, entry.label);
    const whole = fuzzyScore(query, `${entry.label} ${entry.detail ?? ''}`);
    const score = label ?? (whole === undefined ? undefined : whole - 4);
    return score === undefined ? [] : { entry, score };
  });
  const sorted = scored.toSorted((a, b) => b.score - a.score);
  // A group stands where its best entry would.
  const names = [...new Set(sorted.map(({ entry }) => entry.group))];
  return names.map((name) => ({
    name,
    entries: sorted
      .filter(({ entry }) => entry.group === name)
      .slice(0, groupMax)
      .map(({ entry }) => entry),
  }));
}

function isFilled({ entries }: EntryGroup): boolean {
  return entries.length > 0;
}
