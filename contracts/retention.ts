/**
 * What each table holds of people, and how long it is kept: the tables from which rows leave by their age, with the defaults and
 * bounds of `MILLRACE_RETENTION`; and those from which none do, with the reason.
 */
import { z } from 'zod';

export interface RetainedTable {
  readonly table: string;
  /** What it holds of people. */
  readonly holds: string;
  /** Column by which a row is old: when it came where that is known, otherwise when it happened. */
  readonly time: 'received_at' | 'replayed_at' | 'time' | 'window_end';
  /** Table whose time of keeping it has; then it cannot be set by itself. */
  readonly as?: string;
  /** By default. */
  readonly days: number;
  /** Fewer cannot be set. */
  readonly daysMin: number;
  /** Why not fewer, and why so long by default. */
  readonly because: string;
}

/** Two years: a course can be compared with its last run, and a year's decision can still be explained. */
const twoYears = 730;

export const retainedTables: readonly RetainedTable[] = [
  {
    table: 'events',
    holds: 'Every accepted event as it came, under its user.',
    ...{ time: 'received_at', days: twoYears, daysMin: 30 },
    because:
      'Reports and evaluations of policies read in it what was offered; experiments are counted again from it once the log has let go.',
  },
  {
    table: 'late_events',
    holds: 'Events that came too late, under their user.',
    ...{ time: 'received_at', days: 180, daysMin: 7 },
    because: 'Looked at when a producer lags. The event itself is among the events as well.',
  },
  {
    table: 'dead_letters',
    holds: 'Refused events as bytes, whoever they are of: an erasure does not find them.',
    ...{ time: 'received_at', days: twoYears, daysMin: 14 },
    because:
      'Whoever mends what was refused needs time to send it again. As long as the events by default, because an experiment is counted ' +
      'again from both; shorter, and such a count may differ from the first.',
  },
  {
    table: 'dead_letter_replays',
    holds: 'Which refused events were sent again.',
    ...{ time: 'replayed_at', as: 'dead_letters', days: twoYears, daysMin: 14 },
    because: 'Leaves with the letters: sooner, and one could be sent twice.',
  },
  {
    table: 'predictions',
    holds: 'Predictions with their outcomes, by the place of the event that they are of.',
    ...{ time: 'time', days: 400, daysMin: 7 },
    because:
      'A year and a term. Nothing is computed from it: figures of models have sums of their own.',
  },
  {
    table: 'policy_decisions',
    holds: 'What was decided for each user, and what it earned.',
    ...{ time: 'time', days: twoYears, daysMin: 30 },
    because:
      'Reports and evaluations of policies, and the answer to a user who asks why. One that earns something later than this comes back for a day.',
  },
  {
    table: 'examples',
    holds: 'Features and outcomes of single users, from which models are trained.',
    ...{ time: 'time', days: 400, daysMin: 30 },
    because:
      'A year and a term: a training then has seen each season. A training set that reaches further back cannot be written again.',
  },
  {
    table: 'findings',
    holds: 'Keys that behaved unlike the others, among them users.',
    ...{ time: 'window_end', days: 400, daysMin: 36 },
    because: 'Watches that begin again are shown five weeks of them.',
  },
];

/** Tables that no setting shortens, and why. */
export const keptTables: Readonly<Record<string, string>> = {
  state:
    'What the pipelines know at present, of users as well. An erasure forgets a user; the least recently active go by themselves.',
  user_preferences: 'What is learnt of each user at present. An erasure removes it.',
  preference_sums: 'Sums over all users.',
  metrics: 'Figures of groups by window.',
  model_quality: 'Figures of models by window.',
  statistics: 'Figures by key and window; some are for all time.',
  experiment_definitions: 'What was defined, by whom and why: the record.',
  experiment_exposures: 'Sums of experiments: their evidence.',
  experiment_outcomes: 'Sums of experiments: their evidence.',
  experiment_clusters: 'Sums of experiments: their evidence.',
  experiment_covariates: 'Sums of experiments: their evidence.',
  experiment_results: 'Results of experiments: the record.',
  experiment_course: 'Results of experiments: the record.',
  experiment_certificates: 'Certificates of experiments: the record.',
  policy_sums: 'Sums from which policies decide.',
  policy_strays: 'Counts of what was not learnt from.',
  accounts: 'Accounts of people and who changed them: the record.',
  api_keys: 'Keys of programs and who made them: the record.',
  api_key_uses: 'When each key was used last.',
  places: 'Institutions, programmes and courses, and who changed them: the record.',
  belongings: 'Which place each definition belongs to, and who said so.',
  sessions:
    'Who was signed in, from which address and with which browser. A row leaves 90 days after the session would have expired.',
  objections: 'Who objects to what, and who noted it: in force until it is taken back.',
  insights: 'Recommendations and what people answered: the record.',
  insight_tests:
    'What was tested for recommendations: their false discoveries are counted from it.',
  alerts: 'Alerts and what people answered: the record. The key of one may be a user.',
  alert_notices: 'Which alerts were told where: without it they would be told again.',
  epochs: 'How each epoch went, without anything of people. Its rows leave after 30 days.',
  watch_readings:
    'What was judged of each watch; a key may be a user. Its rows leave after 100 days.',
  retention_runs: 'What retention has removed. Its rows leave after 1,100 days.',
  audit: 'Who did and saw what. Nothing leaves it, or it could not be told to be whole.',
};

/** Days by table; null: for ever. */
export type RetentionDays = Readonly<Record<string, number | null>>;

/** The longest that can be set other than for ever: a hundred years. */
const daysMax = 36_525;

/**
 * `events=365d,examples=forever` as days by table.
 *
 * @returns what was given; or what is wrong with it, to which what was given can be added
 */
export function readRetention(
  text: string,
): { readonly days: RetentionDays } | { readonly problem: string } {
  const days: Record<string, number | null> = {};
  for (const part of text.split(',').map((each) => each.trim())) {
    const [, table, length] = /^(\w+)\s*=\s*(\d{1,6}d|forever)$/.exec(part) ?? [];
    if (table === undefined || length === undefined) {
      return { problem: `expected table=days as in events=365d or events=forever` };
    }
    const known = retainedTables.find((each) => each.table === table);
    if (known === undefined) return { problem: `${table}: ${whyNot(table)}` };
    if (known.as !== undefined) return { problem: `${table}: is kept as long as ${known.as}` };
    if (Object.hasOwn(days, table)) return { problem: `${table}: expected once` };
    const count = length === 'forever' ? null : Number.parseInt(length, 10);
    if (count !== null && (count < known.daysMin || count > daysMax)) {
      const { daysMin, because } = known;
      return { problem: `${table}: expected ${daysMin}d or more. ${withoutEnd(because)}` };
    }
    days[table] = count;
  }
  return { days };
}

function whyNot(table: string): string {
  const reason = Object.hasOwn(keptTables, table) ? keptTables[table] : undefined;
  const names = retainedTables.filter((each) => each.as === undefined).map((each) => each.table);
  return reason === undefined
    ? `expected one of ${names.join(', ')}`
    : `nothing is removed from it. ${withoutEnd(reason)}`;
}

/** More of the sentence follows. */
function withoutEnd(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** The setting. */
export const Retention = z.string().transform((text, context): RetentionDays => {
  const read = readRetention(text);
  if ('days' in read) return read.days;
  context.addIssue({ code: 'custom', message: read.problem });
  return z.NEVER;
});

/** Days for which a table is kept; null: for ever. */
export function daysKept({ table, as, days }: RetainedTable, given: RetentionDays): number | null {
  const name = as ?? table;
  const set = given[name];
  return set === undefined ? days : set;
}
