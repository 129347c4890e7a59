/** The table of definitions in memory, as far as the registry asks it. */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';
import type { DefinitionRow } from '../../control/definitions/definitionRows.ts';

export function memoryDefinitions(): Store {
  const rows: DefinitionRow[] = [];
  const order = (a: DefinitionRow, b: DefinitionRow) =>
    compare(a.key, b.key) || a.revision - b.revision || compare(a.writeId, b.writeId);
  const keyOf = ({ kind, key }: DefinitionRow) => `${kind} ${key}`;
  return {
    async query<Row>(_sql: string, parameters: Readonly<Record<string, unknown>> = {}) {
      rows.sort(order);
      const { kind, keys } = parameters as { kind?: string; keys?: readonly string[] };
      if (kind !== undefined) {
        return rows.filter((row) => row.kind === kind && keys!.includes(row.key)) as Row[];
      }
      const newest = new Map<string, DefinitionRow>();
      for (const row of rows) {
        if (newest.get(keyOf(row))?.revision !== row.revision) newest.set(keyOf(row), row);
      }
      return [...newest.values()] as Row[];
    },
    async insert(_table, bytes) {
      const reader = new ByteReader(bytes);
      rows.push({
        kind: reader.text(),
        key: reader.text(),
        revision: reader.uint16() + 65_536 * reader.uint16(),
        writeId: reader.text(),
        at: reader.int64(),
        actor: reader.text(),
        reason: reader.text(),
        definition: reader.text(),
      });
    },
    readBinary: async () => new Uint8Array(),
    barrier: async () => {},
    command: async () => {},
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
