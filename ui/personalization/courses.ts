/** The course of each action over time, as the charts show it: few enough to be told apart, the rest together. */
import type { PolicyReport } from '../../contracts/policyApi.ts';
import { charts as words } from '../words/personalization.ts';

export type CoursePoint = PolicyReport['actions'][number]['course'][number];

export interface ActionCourse {
  /** '' for the rest together. */
  readonly key: string;
  readonly name: string;
  /** Index into the chart's colours. */
  readonly color: number;
  /** At the same instants for all, the oldest first. */
  readonly points: readonly CoursePoint[];
}

/** As many as there are colours. */
const shownMax = 5;

/** Those that are chosen most, in the order of the definition; with more than five actions the last is the rest. */
export function coursesOf({ actions }: Pick<PolicyReport, 'actions'>): ActionCourse[] {
  const instants = new Set(actions.flatMap(({ course }) => course.map(({ at }) => at)));
  const times = [...instants].sort((a, b) => a - b);
  const own = actions.map(({ action, name, course }) => {
    const known = new Map(course.map((point) => [point.at, point]));
    return { key: action, name, points: times.map((at) => known.get(at) ?? empty(at)) };
  });
  const keys = shownActions({ actions }, actions.length > shownMax ? shownMax - 1 : shownMax);
  const shown = own.filter(({ key }) => keys.has(key));
  const rest = own.filter(({ key }) => !keys.has(key));
  const courses = shown.map((course, color) => ({ ...course, color }));
  if (rest.length === 0) return courses;
  const together = times.map((at, i) => {
    const points = rest.map(({ points }) => points[i] ?? empty(at));
    const shares = points.flatMap(({ share }) => (share === null ? [] : [share]));
    return {
      ...empty(at),
      decisions: points.reduce((sum, { decisions }) => sum + (decisions ?? 0), 0),
      share: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0),
    };
  });
  const name = words.others(rest.length);
  return [...courses, { key: '', name, color: shownMax - 1, points: together }];
}

/** Keys of the actions that are chosen most. */
export function shownActions(
  { actions }: Pick<PolicyReport, 'actions'>,
  most: number,
): ReadonlySet<string> {
  const sorted = actions.toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1));
  return new Set(sorted.slice(0, most).map(({ action }) => action));
}

function empty(at: number): CoursePoint {
  return { at, decisions: 0, share: null, mean: null, low: null, high: null };
}
