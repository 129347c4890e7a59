/** Examples as the data plane leaves them, for tests of what reads them. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';

export interface StoredExample {
  readonly partition: number;
  readonly offset: number;
  /** ms since 1970. */
  readonly time: number;
  readonly user: string;
  readonly features: readonly number[];
  readonly label: number;
  readonly weight: number;
  readonly served: number;
  readonly online: number;
  readonly slices: Readonly<Record<string, string>>;
  readonly model: string;
  readonly featureVersion: string;
}

export function storedExample(about: Partial<StoredExample> = {}): StoredExample {
  return {
    ...{ partition: 0, offset: 0, time: 0, user: 'ada', features: [0, 0], label: 1, weight: 1 },
    ...{ served: 0.5, online: 0.4, slices: {}, model: 'toy', featureVersion: '1' },
    ...about,
  };
}

export async function insertExamples(store: Store, rows: Iterable<StoredExample>): Promise<void> {
  const writer = new ByteWriter(1 << 16);
  for (const row of rows) {
    writer.text('learning');
    writer.text(row.model);
    writer.text(row.featureVersion);
    writer.uint16(row.partition);
    writer.int64(row.offset);
    writer.int64(row.time);
    writer.text(row.user);
    writer.varint(row.features.length);
    for (const value of row.features) writer.float32(value);
    writer.float64(row.label);
    writer.float64(row.weight);
    writer.float64(row.served);
    writer.float64(row.online);
    writer.text(row.featureVersion);
    const slices = Object.entries(row.slices);
    writer.varint(slices.length);
    for (const [name, value] of slices) {
      writer.text(name);
      writer.text(value);
    }
  }
  await store.insert('examples', writer.take());
}
