/** The table `experiment_definitions`: what was ever defined, a row a revision, never changed. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';

export interface DefinitionRow {
  /** What is defined: "experiment", "metric". */
  readonly kind: string;
  readonly key: string;
  /** 1, 2, 3 … */
  readonly revision: number;
  /** Of two rows of one revision the one with the smaller id counts. */
  readonly writeId: string;
  /** ms since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
  /** JSON; of what the data plane counts by, the record as it goes into the log. */
  readonly definition: string;
}

/** The newest row of a key. */
export interface DefinitionHead extends Pick<DefinitionRow, 'kind' | 'key' | 'revision'> {
  readonly writeId: string;
}

/** Small enough for a statement's parameters. */
const keysMax = 200;

export async function writeDefinition(store: Store, row: DefinitionRow): Promise<void> {
  const writer = new ByteWriter();
  writer.text(row.kind);
  writer.text(row.key);
  writer.uint32(row.revision);
  writer.text(row.writeId);
  writer.int64(row.at);
  writer.text(row.actor);
  writer.text(row.reason);
  writer.text(row.definition);
  await store.insert('experiment_definitions', writer.take());
}

/** Reads no definition: quick enough for every second. */
export function readHeads(store: Store): Promise<DefinitionHead[]> {
  return store.query<DefinitionHead>(
    `SELECT kind, key, revision, write_id AS writeId FROM experiment_definitions
     ORDER BY kind, key, revision DESC, write_id LIMIT 1 BY kind, key`,
  );
}

/** All rows of some keys, in the order of revisions, those of one revision by their write ids. */
export async function readDefinitions(
  store: Store,
  kind: string,
  keys: readonly string[],
): Promise<DefinitionRow[]> {
  const rows: DefinitionRow[] = [];
  for (let from = 0; from < keys.length; from += keysMax) {
    const found = await store.query<DefinitionRow>(
      `SELECT kind, key, revision, write_id AS writeId, toUnixTimestamp64Milli(at) AS at, actor, reason, definition
       FROM experiment_definitions
       WHERE kind = {kind:String} AND key IN {keys:Array(String)}
       ORDER BY key, revision, write_id`,
      { kind, keys: keys.slice(from, from + keysMax) },
    );
    rows.push(...found);
  }
  return rows;
}
