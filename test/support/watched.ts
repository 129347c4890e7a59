/** What watches need: rows of metrics as the data plane writes them, definitions, and a watcher whose clock is a variable. */
import type { Alert } from '../../contracts/alert.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import { AlertRoute, CalendarDays, MuteWindow, Watch } from '../../contracts/watch.ts';
import type { Teller } from '../../control/watching/alertDesk.ts';
import { readAlerts } from '../../control/watching/alertRows.ts';
import type { Defined } from '../../control/watching/definitionShelf.ts';
import { WatchBoard } from '../../control/watching/watchBoard.ts';
import type { WatchDefinitions } from '../../control/watching/watchDefinitions.ts';
import { Watching, type WatchingOptions } from '../../control/watching/watching.ts';
import { writePlain } from '../../operators/state/plainData.ts';
import { adwinDrift } from '../../stats/streaming/adwinDrift.ts';

export const minute = 60_000;
export const hour = 60 * minute;
/** In the future: what is older than some weeks leaves the tables by itself. */
export const noon = Date.UTC(2036, 2, 4, 12);

const tables = ['metrics', 'epochs', 'statistics', 'findings', 'alerts', 'watch_readings'];

/** Empties what watches read and write. */
export async function emptyTables(
  store: Store,
  names = [...tables, 'alert_notices'],
): Promise<void> {
  for (const name of names) await store.command(`TRUNCATE TABLE ${name}`);
}

export interface Minute {
  /** Start of the window, ms since 1970. */
  readonly at: number;
  readonly segment?: string;
  readonly count: number;
  /** Of each value: by default 1. */
  readonly value?: number;
  readonly partition?: number;
}

/** Windows of a metric, a minute each. */
export async function writeMinutes(
  store: Store,
  metric: string,
  minutes: readonly Minute[],
  pipeline = 'learning',
): Promise<void> {
  const rows = minutes.map(({ at, segment = '', count, value = 1, partition = 0 }) => {
    const sums = `${count}, ${count * value}, ${count * value ** 2}, ${value}, ${value}`;
    const time = `fromUnixTimestamp64Milli(toInt64(${at}), 'UTC')`;
    return `('${pipeline}', '${metric}', '${segment}', ${time}, 60000, ${partition}, ${at}, ${sums}, [], [], 32, [], ${time})`;
  });
  await store.command(`INSERT INTO metrics VALUES ${rows.join(', ')}`);
}

/** An epoch that was committed. */
export async function writeCommit(store: Store, at: number, lag = 0, partition = 0): Promise<void> {
  const time = `fromUnixTimestamp64Milli(toInt64(${at}), 'UTC')`;
  await store.command(
    `INSERT INTO epochs VALUES ('learning', ${partition}, 0, 1, ${time}, 100, 0, 0, 0, 1, 1, ${lag}, map())`,
  );
}

interface StoredDrift {
  readonly key: string[];
  readonly alarms: number;
  readonly receivedAt: number;
  readonly partition?: number;
  /** Absent: for all time. */
  readonly window?: { readonly start: number; readonly ms: number };
}

/** A detector of drift as the data plane stores it, by key and partition. */
export async function writeDrift(
  store: Store,
  { key, alarms, receivedAt, partition = 0, window = { start: 0, ms: 0 } }: StoredDrift,
): Promise<void> {
  const fold = adwinDrift.begin({});
  const state = fold.initial() as { marks?: unknown };
  const found = Object.entries(state).find(([, value]) => hasAlarms(value));
  const marks = (hasAlarms(state) ? state : found?.[1]) as { alarms: number };
  marks.alarms = alarms;
  const writer = new ByteWriter();
  writer.text('learning');
  writer.text('drift');
  writer.text('adwin');
  writer.uint16(adwinDrift.version);
  writer.text('{}');
  writer.int64(window.ms);
  writer.int64(window.start);
  writer.varint(key.length);
  for (const part of key) writer.text(part);
  writer.uint16(partition);
  writer.int64(receivedAt);
  writer.int64(receivedAt);
  writer.int64(100);
  writer.int64(0);
  const bytes = new ByteWriter();
  writePlain(bytes, state);
  writer.string(bytes.bytes, 0, bytes.length);
  writer.varint(0);
  writer.uint16(0);
  writer.varint(0);
  writer.int64(receivedAt);
  await store.insert('statistics', writer.take());
}

function hasAlarms(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'alarms' in value;
}

/** Something that the data plane has found. */
export async function writeFinding(store: Store, key: string, end: number): Promise<void> {
  const time = (at: number) => `fromUnixTimestamp64Milli(toInt64(${at}), 'UTC')`;
  const maps = `map('events', 90.0), map('events', 9.0), map('events', 0.8, 'pause', 0.2)`;
  await store.command(
    `INSERT INTO findings VALUES ('learning', 'answering', ['${key}'], ${time(end - 10 * minute)}, ${time(end)},
     0, ${end}, 12.5, 1e-9, ${maps})`,
  );
}

/** @param each minute of [from, to) */
export function steady(from: number, to: number, count: number, segment = ''): Minute[] {
  const minutes: Minute[] = [];
  for (let at = from; at < to; at += minute) minutes.push({ at, count, segment });
  return minutes;
}

/** Of events in five minutes: more than 50 alert, until there are at most 40. */
export function limitWatch(changes: Record<string, unknown> = {}): Watch {
  return Watch.parse({
    ...{ key: 'many', name: 'Many events', lane: 'ingest', clearMs: 0, refractoryMs: 0 },
    source: { kind: 'metric', metric: 'events', figure: 'count' },
    judgement: { kind: 'limit', direction: 'above', limit: 50, clear: 40 },
    ...changes,
  });
}

export interface GivenDefinitions {
  watches: Watch[];
  routes?: unknown[];
  mutes?: unknown[];
  days?: unknown[];
}

/** Read anew at each look: what is given may change. */
export function definitionsOf(given: GivenDefinitions): WatchDefinitions {
  const shelf = <Content extends { key: string }>(read: () => Content[]) => {
    const all = (): Defined<Content>[] =>
      read().map((definition) => ({
        ...{ definition, revision: hashOf(definition), at: 0, actor: 'ada', reason: '' },
      }));
    return { all, get: (key: string) => all().find(({ definition }) => definition.key === key) };
  };
  return {
    watches: shelf(() => given.watches),
    routes: shelf(() => (given.routes ?? []).map((each) => AlertRoute.parse(each))),
    mutes: shelf(() => (given.mutes ?? []).map((each) => MuteWindow.parse(each))),
    days: shelf(() => (given.days ?? []).map((each) => CalendarDays.parse(each))),
  };
}

/** Another definition is another revision. */
function hashOf(definition: unknown): number {
  let hash = 7;
  for (const letter of JSON.stringify(definition)) {
    hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  }
  return hash;
}

export interface Watched {
  readonly watching: Watching;
  readonly board: WatchBoard;
  readonly told: string[];
  readonly said: string[];
  /** Looks until there is nothing more to do at once. */
  look(): Promise<void>;
  alerts(): Promise<Alert[]>;
}

/** @param now the clock */
export function watch(
  store: Store,
  given: GivenDefinitions,
  now: () => number,
  options: Partial<WatchingOptions> = {},
): Watched {
  const board = new WatchBoard();
  const [told, said]: [string[], string[]] = [[], []];
  const teller: Teller = {
    tell: async (alert, what, routes) => {
      told.push(`${what} ${alert} ${routes.join()}`);
    },
  };
  const watching = new Watching({
    ...{ store, board, teller, timeZone: 'UTC', clock: now },
    book: definitionsOf(given),
    say: (sentence) => said.push(sentence),
    ...options,
  });
  return {
    ...{ watching, board, told, said },
    async look() {
      while (await watching.look());
    },
    alerts: () => readAlerts(store),
  };
}
