/** The tables of places in memory, as far as their book asks them. */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';

interface Revision {
  readonly revision: number;
  readonly writeId: string;
  readonly places: string;
}

export function memoryPlaces(): Store {
  const revisions: Revision[] = [];
  const belongings: Record<string, unknown>[] = [];
  return {
    async query<Row>(sql: string, parameters: Readonly<Record<string, unknown>> = {}) {
      if (sql.includes('FROM belongings')) return [...belongings] as Row[];
      revisions.sort((a, b) => b.revision - a.revision || (a.writeId < b.writeId ? -1 : 1));
      const { writeId } = parameters;
      const found =
        writeId === undefined ? revisions : revisions.filter((row) => row.writeId === writeId);
      return found.slice(0, 1) as Row[];
    },
    async insert(table, bytes) {
      const reader = new ByteReader(bytes);
      if (table === 'places') {
        const revision = reader.uint16() + 65_536 * reader.uint16();
        const writeId = reader.text();
        reader.int64();
        reader.text();
        reader.text();
        revisions.push({ revision, writeId, places: reader.text() });
        return;
      }
      const [kind, key] = [reader.text(), reader.text()];
      const at = reader.int64();
      const [level, place] = [reader.text(), reader.text()];
      belongings.push({ kind, key, at, level, place, storedAt: at });
    },
    readBinary: async () => new Uint8Array(),
    barrier: async () => {},
    command: async () => {},
  };
}
