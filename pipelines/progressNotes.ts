/** How far each partition is, as the database tells it: by the marker, and by the notes on its latest epochs. */
import type { Store } from '../contracts/store.ts';
import { type Marker, markerKey, parseMarker } from './marker.ts';

export interface ProgressNote {
  readonly pipeline: string;
  readonly partition: number;
  /** Everything before is written and can be read. */
  readonly writtenOffset: number;
  /** Everything before is part of the state that a recovery starts from. */
  readonly committedOffset: number;
  /** Of the latest epoch; null when none was committed lately. ms since 1970, by the clock of who committed it. */
  readonly committedAt: number | null;
  readonly commitMs: number | null;
  /** Undefined when no epoch was committed lately. */
  readonly tables: readonly { readonly name: string; readonly keys: number }[] | undefined;
}

export interface StoredMarker {
  readonly partition: number;
  readonly marker: Marker;
}

interface EpochRow {
  readonly pipeline: string;
  readonly partition: number;
  readonly writtenOffset: number;
  readonly committedAt: number;
  readonly commitMs: number;
  readonly keys: Readonly<Record<string, number>>;
}

const markers = `
  SELECT partition, argMax(value, version) AS text
  FROM state
  WHERE pipeline IN {pipelines:Array(String)} AND table = '' AND key = '${markerKey}'
  GROUP BY pipeline, partition`;

/** Older epochs are left alone, so that the question stays small. */
const epochs = `
  SELECT pipeline, partition, max(end_offset) AS writtenOffset,
    toUnixTimestamp64Milli(argMax(committed_at, end_offset)) AS committedAt,
    argMax(commit_ms, end_offset) AS commitMs, argMax(state_keys, end_offset) AS keys
  FROM epochs
  WHERE pipeline IN {pipelines:Array(String)}
    AND (empty({partitions:Array(UInt16)}) OR partition IN {partitions:Array(UInt16)})
    AND committed_at > now64(3) - INTERVAL {minutes:UInt16} MINUTE
  GROUP BY pipeline, partition`;

/** What is older than this is not asked for, … */
const minutesMin = 10;
/** … unless a partition has nothing younger: the clocks of members and database may differ by an hour. */
const minutesMax = 70;

/** @param signal ends the statement */
export async function readMarkers(
  store: Store,
  pipelines: readonly string[],
  signal?: AbortSignal,
): Promise<StoredMarker[]> {
  const rows = await store.query<{ partition: number; text: string }>(
    markers,
    { pipelines },
    signal,
  );
  return rows.map(({ partition, text }) => ({ partition, marker: parseMarker(text) }));
}

/** One note for each partition that has ever committed. */
export async function readProgress(
  store: Store,
  pipelines: readonly string[],
  signal?: AbortSignal,
): Promise<ProgressNote[]> {
  const stored = await readMarkers(store, pipelines, signal);
  /** @param partitions none: all */
  const within = (minutes: number, partitions: readonly number[]) =>
    store.query<EpochRow>(epochs, { pipelines, partitions, minutes }, signal);
  const rows = await within(minutesMin, []);
  const found = new Set(rows.map(placeOf));
  const absent = stored.filter(
    ({ partition, marker }) => !found.has(placeOf({ pipeline: marker.pipeline, partition })),
  );
  if (absent.length > 0) {
    const older = await within(minutesMax, [...new Set(absent.map(({ partition }) => partition))]);
    rows.push(...older.filter((row) => !found.has(placeOf(row))));
  }
  const committed = new Map(
    stored.map(({ partition, marker }) => [
      placeOf({ pipeline: marker.pipeline, partition }),
      marker.endOffset,
    ]),
  );
  const latest = new Map(rows.map((row) => [placeOf(row), row]));
  return [...new Set([...committed.keys(), ...latest.keys()])].map((place) => {
    const [pipeline, partition] = splitPlace(place);
    const committedOffset = committed.get(place) ?? 0;
    const row = latest.get(place);
    return {
      pipeline,
      partition,
      // What lies before the marker is written, whatever became of the notes.
      writtenOffset: Math.max(committedOffset, row?.writtenOffset ?? 0),
      committedOffset,
      committedAt: row?.committedAt ?? null,
      commitMs: row?.commitMs ?? null,
      tables:
        row === undefined
          ? undefined
          : Object.entries(row.keys).map(([name, keys]) => ({ name, keys })),
    };
  });
}

function placeOf({ pipeline, partition }: Pick<EpochRow, 'pipeline' | 'partition'>): string {
  return `${pipeline} ${partition}`;
}

function splitPlace(place: string): [pipeline: string, partition: number] {
  const space = place.lastIndexOf(' ');
  return [place.slice(0, space), Number(place.slice(space + 1))];
}
