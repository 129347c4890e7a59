/** All that is stored of a person, line by line: what they are entitled to have. */
import type { Store } from '../../contracts/store.ts';

/** By table: which rows are the user's, and their order. */
const tables = {
  events: ['user = {user:String}', 'pipeline, partition, offset'],
  late_events: ['user = {user:String}', 'pipeline, partition, offset'],
  policy_decisions: ['user = {user:String}', 'pipeline, partition, offset'],
  examples: ['user = {user:String}', 'pipeline, model, feature_version, partition, offset'],
  user_preferences: ['user = {user:String}', 'pipeline, preference, partition, since'],
  findings: ['has(key, {user:String})', 'pipeline, name, window_start, key'],
  objections: ['user = {user:String}', 'version'],
} as const;

/** Rows of one statement. */
const rowsAtOnce = 5_000;

/** JSON objects `{ "table": …, "row": … }`, a line each. @throws EngineError SINK_UNAVAILABLE */
export async function* exportUser(store: Store, user: string): AsyncGenerator<string> {
  for (const [table, [isTheirs, order]] of Object.entries(tables)) {
    for (let from = 0; ; from += rowsAtOnce) {
      const rows = await store.query<Record<string, unknown>>(
        `SELECT * FROM ${table} FINAL WHERE ${isTheirs} ORDER BY ${order}
         LIMIT {from:UInt64}, ${rowsAtOnce}`,
        { user, from },
      );
      for (const row of rows) yield `${JSON.stringify({ table, row })}\n`;
      if (rows.length < rowsAtOnce) break;
    }
  }
}
