/**
 * What the address bar holds: everything a reader sees can be copied as a link. Anything invalid becomes its default.
 *
 * Read by hand: a schema library would be a tenth of what is loaded before the first page is seen.
 */

import type { AlertState, Happening } from '../../contracts/alert.ts';
import type { InsightArea } from '../../contracts/insight.ts';
import type { Lane } from '../../contracts/watch.ts';
import { placeText, readPlace } from './place.ts';

export const rangeNames = ['15m', '1h', '6h', '24h', '7d', '30d', 'all', 'custom'] as const;
export type RangeName = (typeof rangeNames)[number];

/** Where in the flow alerts come from, in its order. */
export const laneNames = [
  'ingest',
  'feature',
  'prediction',
  'outcome',
  'operation',
] as const satisfies readonly Lane[];

/** Which alerts are shown: those of one state, or all that are not over. */
export const standingNames = [
  'open',
  'firing',
  'pending',
  'no-data',
  'error',
  'resolved',
] as const satisfies readonly (AlertState | 'open')[];
export type StandingName = (typeof standingNames)[number];

/** What recommendations are about, in the order of the pages. */
export const areaNames = [
  'models',
  'data',
  'experiments',
  'personalization',
  'operations',
] as const satisfies readonly InsightArea[];

/** How what is recommended is done: by a button, on a page where somebody decides, or nobody can say. */
export const doingNames = ['button', 'page', 'none'] as const;
export type DoingName = (typeof doingNames)[number];
/** What can happen besides what a chart is about. */
export const happeningKinds = [
  'deployment',
  'experiment',
  'policy',
  'retraining',
  'alert',
  'metric',
  'watch',
  'calendar',
] as const satisfies readonly Happening['kind'][];
export type HappeningKind = (typeof happeningKinds)[number];

/** What an entry of the audit log is. */
export const entryKinds = ['action', 'view', 'session'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** By what the performance of a model is told: of probabilities, … */
export const probabilityFigures = [
  'accuracy',
  'auc',
  'logLoss',
  'brier',
  'calibrationError',
  'precision',
  'recall',
] as const;
/** … and of numbers. */
export const numberFigures = [
  'meanAbsoluteError',
  'rootMeanSquareError',
  'bias',
  'explained',
] as const;
const figureNames = [...probabilityFigures, ...numberFigures] as const;
export type FigureName = (typeof figureNames)[number];

/** What the planner of experiments is asked; absent values have their defaults there. */
export interface PlanSearch {
  readonly kind?: 'binary' | 'continuous' | undefined;
  readonly mean?: number | undefined;
  readonly deviation?: number | undefined;
  readonly effect?: number | undefined;
  readonly units?: number | undefined;
  /** Share of the variant. */
  readonly split?: number | undefined;
  readonly alpha?: number | undefined;
  /** Units in a group that is assigned as a whole. */
  readonly cluster?: number | undefined;
  readonly correlation?: number | undefined;
  readonly days?: number | undefined;
  /** Key of the metric and what is assigned, to begin with what is known of it. */
  readonly metric?: string | undefined;
  readonly unit?: string | undefined;
  /** The draft from which the planner was opened. */
  readonly draft?: string | undefined;
}

/** The number whose events are shown, in the fields of `GET /v1/events/behind`: the engine judges them. */
export type BehindSearch = { readonly of: NumberKind } & Readonly<
  Record<string, string | number | undefined>
>;
type NumberKind = (typeof numberKinds)[number];
const numberKinds = ['metric', 'column', 'experiment', 'policy', 'model'] as const;
const behindFieldsMax = 12;

export interface Search {
  readonly range: RangeName;
  /** How many half ranges the window ends before the newest data. */
  readonly back: number;
  /** Bounds of the range `custom`, ms since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Charts as tables. */
  readonly table: boolean;
  /** Whether the range before stands beside what is shown. */
  readonly compare?: true | undefined;
  /** `course:Algebra`; absent: all that the reader may see. */
  readonly place?: string | undefined;
  /** Kinds of happenings that no chart shows. */
  readonly hide?: readonly HappeningKind[] | undefined;
  readonly model?: string | undefined;
  readonly metric?: string | undefined;
  /** Absent: all segments together. */
  readonly segment?: string | undefined;
  /** Of an experiment; absent: the one that the verdict is about. */
  readonly variant?: string | undefined;
  /** The course of an experiment since its start, of a model over its newest windows; or over the range. */
  readonly course: 'start' | 'range';
  readonly plan?: PlanSearch | undefined;
  /** Key of the experiment, or the policy, that a new one starts from. */
  readonly copy?: string | undefined;
  /** Attribute by which the actions of a policy are compared. */
  readonly by?: string | undefined;
  /** On the page of a user: by which policy, with which attributes, and which action is explained. */
  readonly policy?: string | undefined;
  readonly attributes?: AttributeSearch | undefined;
  readonly action?: string | undefined;
  /** Of alerts; absent: of any state, lane and watch. */
  readonly standing?: StandingName | undefined;
  readonly lane?: Lane | undefined;
  readonly watch?: string | undefined;
  /** Whether alerts of one incident stand by themselves. */
  readonly apart?: true | undefined;
  /** Of recommendations; absent: of any area and rule, whatever does them. */
  readonly area?: InsightArea | undefined;
  readonly doing?: DoingName | undefined;
  readonly rule?: string | undefined;
  /** Of a model's performance; absent: the newest version, the first figure, the threshold of its monitor. */
  readonly version?: string | undefined;
  /** Of a model's versions: the one that `version` is compared with. */
  readonly against?: string | undefined;
  readonly figure?: FigureName | undefined;
  readonly threshold?: number | undefined;
  /** Columns by how far they are from the reference alone, whatever it matters. */
  readonly drift?: 'raw' | undefined;
  /** Days that drift is measured from, half-open, ms since 1970; absent: the first of the model's version. */
  readonly referenceFrom?: number | undefined;
  readonly referenceTo?: number | undefined;
  /** Start of the day that is compared with them; absent: the newest. */
  readonly day?: number | undefined;
  /** Of the audit log; absent: of anybody, about anything, of any kind. */
  readonly who?: string | undefined;
  readonly subject?: string | undefined;
  readonly entryKind?: EntryKind | undefined;
  /** Absent: no events are shown beside the page. */
  readonly behind?: BehindSearch | undefined;
}

export type AttributeSearch = Readonly<Record<string, string | number | boolean>>;

/** Most attributes in an address. */
const attributesMax = 64;

/** The latest instant that the engine takes: the year 2200. */
const instantMax = 7_258_118_400_000;

/** Values that need not stand in the address. */
export const searchDefaults = { range: '24h', back: 0, table: false, course: 'start' } as const;

/** A custom range without sensible bounds is none. */
export function readSearch(input: Record<string, unknown>): Search {
  const search: Search = {
    range: oneOf(rangeNames, input['range']) ?? searchDefaults.range,
    back: within(input['back'], 0, 100_000, true) ?? searchDefaults.back,
    from: within(input['from'], 0, 8.64e15),
    to: within(input['to'], 0, 8.64e15),
    table: input['table'] === true,
    compare: input['compare'] === true ? true : undefined,
    place: placeIn(input['place']),
    hide: readKinds(input['hide']),
    model: nameIn(input['model']),
    metric: nameIn(input['metric']),
    segment: nameIn(input['segment']),
    variant: nameIn(input['variant']),
    course: oneOf(['start', 'range'] as const, input['course']) ?? searchDefaults.course,
    plan: readPlan(input['plan']),
    copy: nameIn(input['copy']),
    by: nameIn(input['by']),
    policy: nameIn(input['policy']),
    attributes: readAttributes(input['attributes']),
    action: nameIn(input['action']),
    standing: oneOf(standingNames, input['standing']),
    lane: oneOf(laneNames, input['lane']),
    watch: nameIn(input['watch']),
    apart: input['apart'] === true ? true : undefined,
    area: oneOf(areaNames, input['area']),
    doing: oneOf(doingNames, input['doing']),
    rule: nameIn(input['rule']),
    version: nameIn(input['version']),
    against: nameIn(input['against']),
    figure: oneOf(figureNames, input['figure']),
    threshold: within(input['threshold'], 0.01, 0.99),
    drift: oneOf(['raw'] as const, input['drift']),
    referenceFrom: within(input['referenceFrom'], 0, instantMax),
    referenceTo: within(input['referenceTo'], 0, instantMax),
    day: within(input['day'], 0, instantMax),
    who: nameIn(input['who']),
    subject: nameIn(input['subject']),
    entryKind: oneOf(entryKinds, input['entryKind']),
    behind: readBehind(input['behind']),
  };
  if (search.range !== 'custom') return { ...search, from: undefined, to: undefined };
  const { from, to } = search;
  if (from === undefined || to === undefined || to <= from) {
    return { ...search, range: '24h', back: 0, from: undefined, to: undefined };
  }
  return { ...search, back: 0 };
}

/** A link to another page keeps the view, but not what only that page shows. */
export const keepView = (search: Partial<Search>): Search => ({
  ...searchDefaults,
  ...search,
  variant: undefined,
  plan: undefined,
  copy: undefined,
  by: undefined,
  policy: undefined,
  attributes: undefined,
  action: undefined,
  standing: undefined,
  lane: undefined,
  watch: undefined,
  apart: undefined,
  area: undefined,
  doing: undefined,
  rule: undefined,
  version: undefined,
  against: undefined,
  figure: undefined,
  threshold: undefined,
  drift: undefined,
  referenceFrom: undefined,
  referenceTo: undefined,
  day: undefined,
  who: undefined,
  subject: undefined,
  entryKind: undefined,
  behind: undefined,
});

function readBehind(input: unknown): BehindSearch | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { of: kind, ...rest } = input as Record<string, unknown>;
  const of = oneOf(numberKinds, kind);
  if (of === undefined) return undefined;
  const fields = Object.entries(rest).filter(
    (entry): entry is [string, string | number] =>
      (typeof entry[1] === 'string' && entry[1].length <= 256) ||
      within(entry[1], 0, instantMax) !== undefined,
  );
  return { ...Object.fromEntries(fields.slice(0, behindFieldsMax)), of };
}

function readKinds(input: unknown): readonly HappeningKind[] | undefined {
  if (!Array.isArray(input)) return undefined;
  const known = happeningKinds.filter((kind) => input.includes(kind));
  return known.length === 0 ? undefined : known;
}

function readAttributes(input: unknown): AttributeSearch | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const known = Object.entries(input).filter(
    (entry): entry is [string, string | number | boolean] =>
      typeof entry[1] === 'boolean' ||
      within(entry[1], -1e300, 1e300) !== undefined ||
      nameIn(entry[1]) !== undefined,
  );
  return known.length === 0 ? undefined : Object.fromEntries(known.slice(0, attributesMax));
}

function readPlan(input: unknown): PlanSearch | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const given = input as Record<string, unknown>;
  const positive = (name: string, most = 1e12) => within(given[name], Number.MIN_VALUE, most);
  return {
    kind: oneOf(['binary', 'continuous'] as const, given['kind']),
    mean: within(given['mean'], -1e12, 1e12),
    deviation: positive('deviation'),
    effect: positive('effect'),
    units: positive('units'),
    split: positive('split', 1),
    alpha: positive('alpha', 0.5),
    cluster: positive('cluster'),
    correlation: within(given['correlation'], 0, 1),
    days: within(given['days'], 1, 365, true),
    metric: nameIn(given['metric']),
    unit: nameIn(given['unit']),
    draft: nameIn(given['draft']),
  };
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown): Name | undefined {
  return names.find((name) => name === value);
}

/** @returns undefined for what is no number in [least, most] */
function within(value: unknown, least: number, most: number, whole = false): number | undefined {
  if (typeof value !== 'number' || !(value >= least && value <= most)) return undefined;
  return whole && !Number.isInteger(value) ? undefined : value;
}

function placeIn(value: unknown): string | undefined {
  const place = readPlace(value);
  return place === undefined ? undefined : placeText(place);
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : undefined;
}
