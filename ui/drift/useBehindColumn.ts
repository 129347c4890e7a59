/** The questions for the events behind a day of a column, and behind a bar of it. */
import type { DriftBreak, DriftDetail } from '../../contracts/driftApi.ts';
import { profilePlan } from '../../contracts/profilePlan.ts';
import type { SharePart } from '../charts/shareBars.ts';
import type { BehindSearch } from '../data/search.ts';
import { useIsOwn } from '../models/useIsOwn.ts';

const dayMs = 86_400_000;

interface BehindColumn {
  /** @returns undefined where events are not known: of what is predicted outside, and of columns that another pipeline profiles */
  day(day: number | null): BehindSearch | undefined;
  /** Of the day that is compared. */
  part(part: SharePart | undefined): BehindSearch | undefined;
  /** What broke; else the day. */
  broken(found: Pick<DriftBreak, 'day' | 'kind'>): BehindSearch | undefined;
}

export function useBehindColumn({ pipeline, model, day, column }: DriftDetail): BehindColumn {
  const isPrediction = column.role === 'prediction';
  const isOwn = useIsOwn(pipeline, model, isPrediction);
  const ofDay = (from: number | null): BehindSearch | undefined => {
    if (from === null || pipeline === null) return undefined;
    const range = { from, to: from + dayMs };
    if (isPrediction) {
      return isOwn && model !== null ? { of: 'model', pipeline, model, ...range } : undefined;
    }
    if (profilePlan(pipeline, column.column) === undefined) return undefined;
    return { of: 'column', pipeline, column: column.column, ...range };
  };
  return {
    day: ofDay,
    broken({ day: from, kind }) {
      const asked = ofDay(from);
      return asked?.of === 'column' && kind === 'missing' ? { ...asked, value: '' } : asked;
    },
    part(part) {
      const asked = ofDay(day);
      // A probability counts in a bin within 1 %: which predictions these are is not asked.
      if (asked?.of !== 'column' || part === undefined) return undefined;
      return withPart(asked, part);
    },
  };
}

function withPart(asked: BehindSearch, part: SharePart): BehindSearch | undefined {
  switch (part.of) {
    case 'others':
      return undefined;
    case 'missing':
      return { ...asked, value: '' };
    case 'value':
      return { ...asked, value: part.value };
    case 'bin':
      // As texts: an address holds no other numbers than instants.
      return {
        ...asked,
        ...(part.from === null ? {} : { above: String(part.from) }),
        ...(part.to === null ? {} : { upTo: String(part.to) }),
      };
  }
}
