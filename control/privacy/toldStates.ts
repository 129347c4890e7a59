/** Which stored states of a statistic by windows and slices are told: those of enough people, with what else must stay back. */
import { type People, PeopleUnion } from './people.ts';
import { shownParts } from './shownParts.ts';

export interface CountedState extends People {
  /** Of a slice its value is the third part. */
  readonly key: readonly string[];
  /** Of the window, ms since 1970; 0 of all time. */
  readonly start: number;
  readonly taken: number;
}

export interface ToldStates<State> {
  readonly told: State[];
  /** Values of the slice of which nothing is told. */
  readonly suppressed: number;
}

/**
 * By window: the values of a slice are the parts of a whole; a state without a slice is told when it has enough people.
 *
 * @param isOver whether a window that begins then changes no more; asked of slices only
 */
export function toldStates<State extends CountedState>(
  states: readonly State[],
  least: number,
  isOver: (start: number) => boolean,
): ToldStates<State> {
  const told: State[] = [];
  const byWindow = new Map<number, Map<string, State[]>>();
  for (const state of states) {
    const bySlice = byWindow.get(state.start) ?? new Map<string, State[]>();
    byWindow.set(state.start, bySlice);
    const slice = state.key[2] ?? '';
    bySlice.set(slice, [...(bySlice.get(slice) ?? []), state]);
  }
  const values = new Set<string>();
  const shownValues = new Set<string>();
  for (const [start, bySlice] of byWindow) {
    const slices = [...bySlice];
    const isSliced = slices.some(([, [first]]) => first!.key.length > 2);
    const parts = slices.map(([, own]) => {
      const people = new PeopleUnion();
      for (const each of own) people.add(each);
      return { people: people.value, rows: own.reduce((sum, { taken }) => sum + taken, 0) };
    });
    const shown = shownParts(parts, least);
    slices.forEach(([value, own], i) => {
      values.add(value);
      if (!shown[i] || (isSliced && !isOver(start))) return;
      shownValues.add(value);
      told.push(...own);
    });
  }
  return { told, suppressed: values.size - shownValues.size };
}
