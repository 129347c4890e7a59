/** The series of the Numenta Anomaly Benchmark that lie in the data folder, with their labelled windows and the profiles. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Profile, Window } from './scoring.ts';

const root = import.meta.url.includes('/dist/') ? '../../../' : '../../';
/** Where they are; a user's machine may not have them. */
export const nabFolder = fileURLToPath(new URL(`${root}../shared/data/nab/`, import.meta.url));

export interface NabSeries {
  /** Folder and file, as `realTweets/Twitter_volume_FB.csv`. */
  readonly name: string;
  /** ms since 1970, and the values. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly windows: readonly Window[];
}

const timeOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/** All series in the order of their names; undefined when the folder is absent. */
export function nabSeries(folder = nabFolder): NabSeries[] | undefined {
  if (!existsSync(`${folder}windows.json`)) return undefined;
  const labels = JSON.parse(readFileSync(`${folder}windows.json`, 'utf8')) as Record<
    string,
    readonly (readonly [string, string])[]
  >;
  return readdirSync(`${folder}data`)
    .sort()
    .flatMap((group) => readdirSync(`${folder}data/${group}`).map((file) => `${group}/${file}`))
    .map((path) => {
      const name = path.replace(/\.gz$/, '');
      const lines = gunzipSync(readFileSync(`${folder}data/${path}`))
        .toString()
        .trim()
        .split('\n');
      const rows = lines.slice(1).map((line) => line.trim().split(','));
      const times = Float64Array.from(rows, ([time]) => timeOf(time!));
      const values = Float64Array.from(rows, ([, value]) => Number(value));
      const windows = labels[name]!.map(
        ([from, to]): Window => [times.indexOf(timeOf(from)), times.indexOf(timeOf(to))],
      );
      if (windows.flat().includes(-1)) throw new Error(`${name}: a window's edge is no row`);
      return { name, times, values, windows };
    });
}

/** The profiles of the benchmark, under its names for them. */
export function nabProfiles(folder = nabFolder): Record<string, Profile> {
  const text = readFileSync(`${folder}profiles.json`, 'utf8');
  const profiles = JSON.parse(text) as Record<string, { CostMatrix: Record<string, number> }>;
  return Object.fromEntries(
    Object.entries(profiles).map(([name, { CostMatrix: cost }]) => [
      name,
      { hit: cost['tpWeight']!, falseAlarm: cost['fpWeight']!, miss: cost['fnWeight']! },
    ]),
  );
}
