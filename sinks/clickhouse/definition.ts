/**
 * CREATE and ALTER as the place where they run needs them: migrations are written for one ClickHouse, the embedded one.
 *
 * A server has no barrier (decision 6), so its tables bring each insert to the disk before it is acknowledged. On a
 * cluster every definition goes to all replicas, and the engines are the replicated ones (decision 11).
 */

export interface Cluster {
  /** As `system.clusters` has it. One shard, any number of replicas. */
  readonly name: string;
  /** Of a table in Keeper, with the macros of the server. */
  readonly path: string;
  /** Name of a replica, with the macros of the server. */
  readonly replica: string;
}

export interface Place {
  /** An acknowledged insert is on the disk. */
  readonly durable?: boolean;
  readonly cluster?: Cluster;
}

const head =
  /^(CREATE DATABASE IF NOT EXISTS|CREATE TABLE IF NOT EXISTS|ALTER TABLE) (`[^`]+`|\w+)/;
const engine = /\bENGINE = (\w*MergeTree)(?:\(([^)]*)\))?/;

/** Settings of a table that a statement does not have yet. */
function settingsOf(place: Place): Record<string, number> {
  const settings: Record<string, number> = {};
  if (place.durable === true) {
    settings['fsync_after_insert'] = 1;
    settings['fsync_part_directory'] = 1;
  }
  if (place.cluster !== undefined) {
    // A replica that takes a part over counts for the quorum: there too it is on the disk.
    if (place.durable === true) settings['min_compressed_bytes_to_fsync_after_fetch'] = 1;
    // A replay writes equal blocks; one that Keeper remembers but no replica has any more would be dropped.
    settings['replicated_deduplication_window'] = 0;
  }
  return settings;
}

function withSettings(statement: string, settings: Record<string, number>): string {
  const missing = Object.entries(settings)
    .filter(([name]) => !statement.includes(`${name} = `))
    .map(([name, value]) => `${name} = ${value}`);
  if (missing.length === 0) return statement;
  const lead = /\bSETTINGS\b/.test(statement) ? ', ' : '\nSETTINGS ';
  return `${statement}${lead}${missing.join(', ')}`;
}

/**
 * @param statement of a migration, without its semicolon. `SETTINGS` of a table stand last
 * @throws RangeError for a statement that would change one replica only
 */
export function definitionFor(statement: string, place: Place): string {
  const found = head.exec(statement);
  if (found === null) {
    throw new RangeError(`statement: expected a repeatable definition, got ${statement}`);
  }
  const { cluster } = place;
  let text = statement;
  if (found[1]!.startsWith('CREATE TABLE')) text = withSettings(text, settingsOf(place));
  if (cluster === undefined) return text;
  const { name, path, replica } = cluster;
  return text
    .replace(head, (start) => `${start} ON CLUSTER '${name}'`)
    .replace(engine, (_, kind: string, given = '') => {
      const keys = [`'${path}'`, `'${replica}'`, ...(given === '' ? [] : [given])];
      return `ENGINE = Replicated${kind}(${keys.join(', ')})`;
    });
}
