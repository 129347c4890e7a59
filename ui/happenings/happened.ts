/** What happened, as a page numbers it: the engine's stream, and in place of a part of it what the page knows better. */
import type { Happening } from '../../contracts/alert.ts';
import type { Window } from '../data/range.ts';
import { type HappeningKind, happeningKinds } from '../data/search.ts';

/** What a page tells by itself: the changes of the experiment, or of the policy, that it is about. */
export interface OwnHappening {
  readonly at: number;
  readonly sentence: string;
  readonly actor?: string | undefined;
}

export interface Own {
  readonly happenings: readonly OwnHappening[];
  /** Of what: what the stream says of it is left out; without a subject all of the kind. */
  readonly kind: HappeningKind;
  readonly subject?: string;
}

export interface HappenedItem extends OwnHappening {
  readonly number: number;
  /** undefined: the page's own. */
  readonly kind: HappeningKind | undefined;
  readonly subject: string;
}

export interface Happened {
  /** The oldest first, numbered from 1. */
  readonly items: readonly HappenedItem[];
  readonly days: readonly Happening[];
  /** Of each kind that occurs, shown or not: how often. */
  readonly counts: ReadonlyMap<HappeningKind, number>;
}

/** Shortly before the beginning, as a part of the window: drawn at its edge. */
const edge = 0.1;

/** @param hidden kinds that the reader does not want to see */
export function happenedIn(
  stream: readonly Happening[],
  { from, to }: Window,
  hidden: readonly HappeningKind[],
  own?: Own,
): Happened {
  const since = from - edge * (to - from);
  const within = stream.filter(
    ({ at, until, kind, subject }) =>
      at <= to &&
      (kind === 'calendar' ? (until ?? at) >= from : at >= since) &&
      !(kind === own?.kind && subject === (own.subject ?? subject)),
  );
  const shown = within.filter(({ kind }) => !hidden.includes(kind));
  const others = shown
    .filter(({ kind }) => kind !== 'calendar')
    .map(({ at, sentence, kind, subject }) => ({ at, sentence, kind, subject }));
  const ours = (own?.happenings ?? []).map((each) => ({ ...each, kind: undefined, subject: '' }));
  const counts = happeningKinds.map(
    (kind) => [kind, within.filter((each) => each.kind === kind).length] as const,
  );
  return {
    items: [...ours, ...others]
      .toSorted((a, b) => a.at - b.at)
      .map((each, i) => ({ ...each, number: i + 1 })),
    days: shown.filter(({ kind }) => kind === 'calendar'),
    counts: new Map(counts.filter(([, count]) => count > 0)),
  };
}

/** A window that holds another and moves seldom: what is asked for it stays the same while time goes on. */
export function roundedOut({ from, to }: Window): Window {
  const step = 10 ** Math.ceil(Math.log10(Math.max(1_000, (to - from) / 10)));
  const since = from - edge * (to - from);
  return {
    from: Math.max(0, Math.floor(since / step) * step),
    to: (Math.floor(to / step) + 1) * step,
  };
}
