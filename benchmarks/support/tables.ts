/**
 * What an engine has written, row by row, so that two runs over the same log can be compared.
 *
 * Two runs need not have cut their epochs alike. All rows but one kind are free of the cuts; the seen ids are stored in
 * segments, one an epoch, and are therefore put together by position before they are compared.
 */
import { createHash } from 'node:crypto';
import type { Store } from '../../contracts/store.ts';

const keys: Record<string, string> = {
  events: 'partition, offset',
  predictions: 'model, partition, offset',
  examples: 'model, feature_version, partition, offset',
  late_events: 'partition, offset',
  dead_letters: 'partition, offset',
  metrics: 'metric, segment, window_ms, window_start, partition',
  model_quality: 'model, model_version, window_ms, window_start, partition',
  experiment_exposures: 'experiment, variant, stage, hour, partition',
  experiment_outcomes: 'experiment, metric, variant, stage, period, segment, partition',
  experiment_clusters: 'experiment, metric, variant, stage, cluster, partition',
  policy_decisions: 'policy, partition, offset',
  policy_sums: 'policy, action, design, partition',
  policy_strays: 'policy, kind, hour, partition',
  experiment_covariates: 'experiment, metric, variant, stage, partition',
  statistics: 'name, statistic, parameters, window_ms, window_start, key, partition',
  findings: 'name, window_start, key, partition',
  user_preferences: 'user, preference, partition, since',
  preference_sums: 'preference, kind, name, partition',
};

/** Without key and headers of dead letters, which only Kafka has. Table → key → hash of the whole row; a key with several rows has their number behind the hash. */
export type Contents = Map<string, Map<string, string>>;

export async function readContents(store: Store): Promise<Contents> {
  const contents: Contents = new Map();
  for (const [table, key] of Object.entries(keys)) {
    const rows = await store.query<{ k: string; h: string; n: number }>(
      `SELECT toString(tuple(${key})) AS k, toString(any(cityHash64(toString(tuple(* EXCEPT (key, headers)))))) AS h, count() AS n
       FROM ${table} FINAL GROUP BY ${key}`,
    );
    contents.set(table, new Map(rows.map(({ k, h, n }) => [k, n === 1 ? h : `${h} ×${n}`])));
  }
  contents.set('state', await readState(store));
  return contents;
}

async function readState(store: Store): Promise<Map<string, string>> {
  const rows = await store.query<{ p: number; t: string; k: string; v: string }>(
    `SELECT partition AS p, table AS t, hex(key) AS k, hex(value) AS v
     FROM state FINAL WHERE table != ''`,
  );
  const state = new Map<string, string>();
  const segments = new Map<string, { first: number; ids: string }[]>();
  for (const { p, t, k, v } of rows) {
    const [bucket, first] = Buffer.from(k, 'hex').toString().split('.');
    if (t !== 'ids' || first === undefined) {
      state.set(`${p} ${t} ${k}`, hashOf(v));
      continue;
    }
    const name = `${p} ${t} ${bucket}.`;
    const held = segments.get(name) ?? [];
    held.push({ first: Number(first), ids: v });
    segments.set(name, held);
  }
  for (const [name, held] of segments) state.set(name, hashOf(joined(held)));
  return state;
}

/** Segments as one text of ids, 16 hexadecimal digits each; where two overlap they say the same. */
function joined(segments: { first: number; ids: string }[]): string {
  let ids = '';
  for (const segment of segments.sort((a, b) => a.first - b.first)) {
    const covered = ids.length / 16 - segment.first;
    if (covered < 0) return `a gap before ${segment.first}`;
    ids += segment.ids.slice(covered * 16);
  }
  return ids;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

export interface Difference {
  /** Expected rows that are not there. */
  lost: number;
  /** Rows that are not expected, or there several times. */
  duplicated: number;
  /** Rows with another content. */
  wrong: number;
}

export function differenceOf(
  actual: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): Difference {
  const difference = { lost: 0, duplicated: 0, wrong: 0 };
  for (const [key, hash] of expected) {
    const found = actual.get(key);
    if (found === undefined) difference.lost += 1;
    else if (found.includes('×')) difference.duplicated += 1;
    else if (found !== hash) difference.wrong += 1;
  }
  for (const key of actual.keys()) if (!expected.has(key)) difference.duplicated += 1;
  return difference;
}

/** Every row in which two runs differ, a line each; at most a hundred. */
export function describeDifferences(actual: Contents, expected: Contents): string[] {
  const lines: string[] = [];
  for (const [table, rows] of expected) {
    const found = actual.get(table) ?? new Map<string, string>();
    for (const key of new Set([...rows.keys(), ...found.keys()])) {
      if (rows.get(key) === found.get(key)) continue;
      lines.push(`${table} ${key}: expected ${rows.get(key)}, found ${found.get(key)}`);
    }
  }
  return lines.slice(0, 100);
}
