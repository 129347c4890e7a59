/** Records of a topic, and what reads those that are framed, by a registry of the test. */
import type { KafkaRecord } from '../../sources/kafka/chunkAssembler.ts';
import { loadRegistry } from '../../sources/kafka/formats/loadRegistry.ts';
import {
  openRecordFormats,
  type RecordFormats,
} from '../../sources/kafka/formats/recordFormats.ts';
import type { RegistryPlace } from '../../sources/kafka/formats/registryClient.ts';
import {
  startTestRegistry,
  type TestRegistry,
  type TestRegistryOptions,
} from './schemaRegistry.ts';

export function recordOf(value: Buffer | null, headers: KafkaRecord['headers'] = []): KafkaRecord {
  return { offset: 7, timestamp: 1, value, key: Buffer.of(1), headers };
}

/** A value by hand: the id of its schema, and its bytes. */
export function framed(id: number, ...payload: number[]): Buffer {
  const frame = Buffer.alloc(5);
  frame.writeInt32BE(id, 1);
  return Buffer.concat([frame, Buffer.from(payload)]);
}

/** A record of Avro with one text, and the bytes of one that says "ab". */
export const oneText = {
  schema: '{"type":"record","name":"R","fields":[{"name":"id","type":"string"}]}',
  bytes: [4, 0x61, 0x62],
  json: '{"id":"ab"}',
};

export interface TestFormats {
  readonly registry: TestRegistry;
  readonly formats: RecordFormats;
  /** What was told. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export async function openTestFormats(
  place: Partial<RegistryPlace> = {},
  options: TestRegistryOptions = {},
): Promise<TestFormats> {
  const registry = await startTestRegistry(options);
  const problems: string[] = [];
  const formats = openRecordFormats({
    library: loadRegistry(),
    place: { urls: [registry.url], ...place },
    topic: 'lessons',
    onProblem: (problem) => problems.push(problem),
  });
  return {
    registry,
    formats,
    problems,
    async close() {
      formats.close();
      await registry.stop();
    },
  };
}
