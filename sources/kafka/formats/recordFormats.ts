/**
 * Records whose values are framed by a schema registry, read into the JSON that the engine takes. Values without a frame
 * pass as they are, so a topic may hold both.
 *
 * What cannot be read goes on as a record that carries its refusal (sources/decode/refusedRecord.ts), so that it becomes a
 * dead letter like any other; the bytes that came go with it.
 */
import { EngineError } from '../../../contracts/errors.ts';
import { type Problem, problem } from '../../decode/problem.ts';
import { markRefused } from '../../decode/refusedRecord.ts';
import type { KafkaRecord } from '../chunkAssembler.ts';
import { nameOf, SchemaBook, type SchemaBookOptions, type SchemaKey } from './schemaBook.ts';
import { readSchemaFrame, type SchemaFrame } from './schemaFrame.ts';

export interface RecordFormats {
  /** Why the registry gives no answer at present; undefined when it does, or was not asked. */
  readonly problem: string | undefined;
  /** The record as the engine takes it, in this turn; undefined while its schema is not known. */
  read(record: KafkaRecord): KafkaRecord | undefined;
  /** Resolves when `read` has something to give: to true; or when the formats are closed: to false. */
  ready(record: KafkaRecord): Promise<boolean>;
  /** @throws EngineError REGISTRY_UNAVAILABLE when the schema is not known within some seconds */
  readSoon(record: KafkaRecord): Promise<KafkaRecord>;
  close(): void;
}

/** How long somebody waits who asks for one record, ms. */
const soonMs = 3_000;
const nothing = new Uint8Array(0);

export function openRecordFormats(options: SchemaBookOptions): RecordFormats {
  const book = new SchemaBook(options);

  function read(record: KafkaRecord): KafkaRecord | undefined {
    const { value, headers } = record;
    if (value === null) return record;
    const frame = readSchemaFrame(value, headers);
    if (frame === undefined) return record;
    if (frame === null) return refused(record, value, brokenFrame(value));
    const schema = book.find(frame.schema);
    if (schema === undefined) return undefined;
    if ('refusal' in schema) return refused(record, value, schema.refusal);
    try {
      return { ...record, value: schema.read(frame), bytes: value };
    } catch (error) {
      return refused(record, value, mismatch(frame, error as Error));
    }
  }

  function keyOf({ value, headers }: KafkaRecord): SchemaKey | undefined {
    return value === null ? undefined : readSchemaFrame(value, headers)?.schema;
  }

  async function ready(record: KafkaRecord): Promise<boolean> {
    const key = keyOf(record);
    return key === undefined || book.ask(key);
  }

  return {
    get problem() {
      return book.problem;
    },

    read,
    ready,

    async readSoon(record) {
      const known = read(record);
      if (known !== undefined) return known;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, soonMs);
      });
      await Promise.race([ready(record), late]);
      clearTimeout(timer);
      const done = read(record);
      if (done !== undefined) return done;
      const why = book.problem?.replace(/^\w+: /, '') ?? 'the schema registry does not answer';
      throw new EngineError('REGISTRY_UNAVAILABLE', why);
    },

    close: () => book.close(),
  };
}

function refused(record: KafkaRecord, value: Uint8Array, why: Problem): KafkaRecord {
  return { ...record, value: markRefused(why, nothing), bytes: value };
}

function brokenFrame({ length }: Uint8Array): Problem {
  const reason = `value: expected the id of a schema behind its first byte, got ${length} bytes`;
  return problem('EVENT_SCHEMA_MISMATCH', reason);
}

function mismatch({ schema, rest, body }: SchemaFrame, { message }: Error): Problem {
  const { length } = body ?? rest;
  const reason = `value: expected bytes of the schema ${nameOf(schema)}, got ${length} that are not (${message})`;
  return problem('EVENT_SCHEMA_MISMATCH', reason);
}
