/** The table of notices in memory, as far as the outbox asks it. It can be made to fail. */
import { ByteReader } from '../../contracts/byteReader.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import type { NoticeRow } from '../../control/notices/noticeRows.ts';

export interface MemoryNotices extends Store {
  /** All that were written, in their order. */
  readonly written: NoticeRow[];
  /** The newest of each notice, the oldest first. */
  newest(): NoticeRow[];
  isAway: boolean;
}

export function memoryNotices(): MemoryNotices {
  const written: NoticeRow[] = [];
  const check = () => {
    if (store.isAway) throw new EngineError('SINK_UNAVAILABLE', 'away');
  };
  const store: MemoryNotices = {
    written,
    isAway: false,
    newest() {
      const rows = new Map<string, NoticeRow>();
      for (const row of written) {
        const key = `${row.alert} ${row.route} ${row.what}`;
        const { version } = rows.get(key) ?? { version: 0 };
        if (row.version > version) rows.set(key, row);
      }
      return [...rows.values()].sort((a, b) => a.madeAt - b.madeAt);
    },
    async query<Row>(_sql: string, parameters: Readonly<Record<string, unknown>> = {}) {
      check();
      const { sinceMs, alert } = parameters as { sinceMs?: number; alert?: string };
      const rows = store
        .newest()
        .filter((row) =>
          sinceMs === undefined
            ? row.alert === alert
            : row.outcome === 'waiting' || (row.outcome === 'sent' && row.at >= sinceMs),
        );
      return rows as Row[];
    },
    async insert(_table, bytes) {
      check();
      const reader = new ByteReader(bytes);
      while (!reader.isAtEnd) {
        written.push({
          alert: reader.text(),
          route: reader.text(),
          what: reader.text() as NoticeRow['what'],
          version: reader.uint32(),
          madeAt: reader.int64(),
          at: reader.int64(),
          attempts: reader.uint32(),
          nextAt: reader.int64(),
          outcome: reader.text() as NoticeRow['outcome'],
          problem: reader.text(),
          delivery: reader.text(),
        });
      }
    },
    readBinary: async () => new Uint8Array(),
    barrier: async () => {},
    command: async () => {},
  };
  return store;
}
