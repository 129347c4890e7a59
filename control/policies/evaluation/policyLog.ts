/**
 * Reads the log of a policy's decisions, each with what it has earned and what its event says, in pages.
 *
 * Each partition is read in the order of the log, where a user's decisions stand as they were made; partitions are merged by time.
 * Only decisions whose horizon has ended: a decision that is rewarded at once must not count before one that is not. A page is
 * bounded by offsets, so that a long log costs one scan, not one a page.
 */
import { type DecisionFields, decisionType } from '../../../contracts/decisionFields.ts';
import { EngineError } from '../../../contracts/errors.ts';
import type { Policy } from '../../../contracts/policy.ts';
import type { Store } from '../../../contracts/store.ts';
import type { LoggedChoice } from '../../../models/evaluation/loggedChoice.ts';
import type { LogOfDecisions } from './evaluateLog.ts';

/** The part of the store that reading needs. */
export type Reader = Pick<Store, 'query'>;

export interface PolicyRange {
  readonly policy: string;
  /** Half-open, ms since 1970. */
  readonly from: number;
  readonly to: number;
}

export interface PolicyLog extends LogOfDecisions {
  /** Decisions that will be read. */
  readonly decisions: number;
}

/** Pipelines that learn the same policy have the same decisions: that with most is read. */
const partitions = `
  SELECT pipeline, partition, toUInt64(countIf(closed)) AS decisions, toUInt64(countIf(NOT closed)) AS open,
    min(offset) AS first, max(offset) AS last
  FROM policy_decisions FINAL
  WHERE policy = {policy:String}
    AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY pipeline, partition
  ORDER BY pipeline, partition
  LIMIT 20000`;

/** Not `time`: the name would hide the column from WHERE. */
const rewards = `
  SELECT offset, toUnixTimestamp64Milli(time) AS at, decision, action, way, probability, reward,
    toUnixTimestamp64Milli(rewarded_at) AS rewardedAt
  FROM policy_decisions FINAL
  WHERE pipeline = {pipeline:String} AND policy = {policy:String} AND partition = {partition:UInt16}
    AND offset >= {first:UInt64} AND offset < {end:UInt64} AND closed
    AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  ORDER BY offset
  LIMIT {most:UInt32}`;

const events = `
  SELECT offset, raw
  FROM events
  WHERE pipeline = {pipeline:String} AND partition = {partition:UInt16}
    AND offset >= {first:UInt64} AND offset <= {last:UInt64} AND offset IN {offsets:Array(UInt64)}
    AND type = '${decisionType}'
  LIMIT 1 BY offset`;

interface Part {
  readonly pipeline: string;
  readonly partition: number;
  readonly decisions: number;
  readonly open: number;
  readonly first: number;
  readonly last: number;
}

interface RewardRow {
  readonly offset: number;
  readonly at: number;
  readonly decision: string;
  readonly action: string;
  readonly way: LoggedChoice['way'];
  readonly probability: number;
  readonly reward: number | null;
  readonly rewardedAt: number | null;
}

/** Decisions of a page: their events, of 64 kB at most, stay within what a statement may answer, 64 MB. */
const pageRows = 1_000;
/** Offsets of the first page. */
const firstSpan = 8_192;

/**
 * @param policy      its definition: when a reward was known follows from it
 * @param decisionsMax more are refused
 * @throws EngineError RANGE_TOO_LARGE, SINK_UNAVAILABLE
 */
export async function readPolicyLog(
  reader: Reader,
  { key, reward }: Pick<Policy, 'key' | 'reward'>,
  { from, to }: { readonly from: number; readonly to: number },
  decisionsMax: number,
): Promise<PolicyLog> {
  const range = { policy: key, from, to };
  const parts = await readParts(reader, range);
  const decisions = sumOf(parts, 'decisions');
  refuseTooMany(decisions, decisionsMax, range);
  const lost = { count: 0 };
  return {
    decisions,
    choices: merged(parts.map((part) => choicesOf(reader, range, part, reward, lost))),
    counts: () => ({ open: sumOf(parts, 'open'), withoutEvent: lost.count }),
  };
}

/** The partitions of the pipeline that has most decisions. */
async function readParts(reader: Reader, range: PolicyRange): Promise<Part[]> {
  const rows = await reader.query<Part>(partitions, { ...range });
  const totals = new Map<string, number>();
  for (const { pipeline, decisions, open } of rows) {
    totals.set(pipeline, (totals.get(pipeline) ?? 0) + decisions + open);
  }
  const [most] = [...totals].sort(([, a], [, b]) => b - a)[0] ?? [];
  return rows.filter(({ pipeline }) => pipeline === most);
}

/** @throws EngineError RANGE_TOO_LARGE with how long a time would do */
export function refuseTooMany(
  decisions: number,
  decisionsMax: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (decisions <= decisionsMax) return;
  const hours = ((to - from) / 3_600_000) * (decisionsMax / decisions);
  const long =
    hours >= 48 ? `${Math.floor(hours / 24)} days` : `${Math.max(1, Math.floor(hours))} hours`;
  throw new EngineError(
    'RANGE_TOO_LARGE',
    `There are ${decisions.toLocaleString('en')} decisions in this time, and one answer takes ` +
      `${decisionsMax.toLocaleString('en')}. Ask for less, about ${long}: by from and to, ms since 1970.`,
  );
}

function sumOf(parts: readonly Part[], name: 'decisions' | 'open'): number {
  return parts.reduce((sum, part) => sum + part[name], 0);
}

interface Page {
  readonly rows: readonly RewardRow[];
  readonly texts: ReadonlyMap<number, string>;
  /** Where the next begins, and how many offsets it may have. */
  readonly at: number;
  readonly span: number;
}

async function* choicesOf(
  reader: Reader,
  range: PolicyRange,
  { pipeline, partition, first, last }: Part,
  rule: Policy['reward'],
  lost: { count: number },
): AsyncGenerator<LoggedChoice> {
  const place = { pipeline, partition };

  async function readPage(at: number, span: number): Promise<Page> {
    const end = Math.min(at + span, last + 1);
    const window = { ...range, ...place, first: at, end, most: pageRows };
    const rows = await reader.query<RewardRow>(rewards, window);
    const texts = await eventsOf(reader, place, rows);
    const isWhole = rows.length < pageRows;
    return {
      ...{ rows, texts, at: isWhole ? end : rows.at(-1)!.offset + 1 },
      span: rows.length < pageRows / 4 ? 2 * span : span,
    };
  }

  let next: Promise<Page> | undefined = readPage(first, firstSpan);
  while (next !== undefined) {
    const { rows, texts, at, span }: Page = await next;
    // Read while the rows at hand are judged; that it failed is told when its turn comes.
    next = at <= last ? readPage(at, span) : undefined;
    next?.catch(() => undefined);
    for (const row of rows) {
      const text = texts.get(row.offset);
      if (text === undefined) lost.count += 1;
      else yield choiceOf(row, text, rule);
    }
  }
}

async function eventsOf(
  reader: Reader,
  place: { readonly pipeline: string; readonly partition: number },
  rows: readonly RewardRow[],
): Promise<Map<number, string>> {
  if (rows.length === 0) return new Map();
  const offsets = rows.map(({ offset }) => offset);
  const found = await reader.query<{ offset: number; raw: string }>(events, {
    ...{ ...place, offsets, first: offsets[0], last: offsets.at(-1) },
  });
  return new Map(found.map(({ offset, raw }) => [offset, raw]));
}

function choiceOf(row: RewardRow, text: string, rule: Policy['reward']): LoggedChoice {
  const { at: time, decision, action, way, probability, reward, rewardedAt } = row;
  const { context } = JSON.parse(text) as { context?: Partial<DecisionFields> };
  // Where the first event counts it is learnt from when it comes, else at the end of the horizon.
  const isEarly = rule.combine === 'first' && rewardedAt !== null;
  return {
    ...{ id: decision, time, action, way, probability },
    knownAt: isEarly ? Math.max(time, rewardedAt) : time + rule.horizonMs,
    attributes: context?.attributes ?? {},
    offered: context?.offered ?? [],
    reward: reward ?? Number.NaN,
  };
}

/** The earliest first; within a source the order stays. */
async function* merged(sources: readonly AsyncGenerator<LoggedChoice>[]) {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let earliest = -1;
    let time = Infinity;
    heads.forEach(({ done, value }, i) => {
      if (done === true || (value as LoggedChoice).time >= time) return;
      earliest = i;
      ({ time } = value as LoggedChoice);
    });
    if (earliest < 0) return;
    yield heads[earliest]!.value as LoggedChoice;
    heads[earliest] = await sources[earliest]!.next();
  }
}
