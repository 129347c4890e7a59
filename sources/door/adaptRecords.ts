/** The events of a body as records in our own form, one behind the other. */
import { bytesOf } from '../../contracts/bytes.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { EventInput } from '../../contracts/event.ts';
import { type Pseudonyms, pseudonymLength } from '../../contracts/pseudonyms.ts';
import { type JsonObject, parseObject } from '../decode/parseRecord.ts';
import { markRefused } from '../decode/refusedRecord.ts';
import { readCloudEvent } from './cloudEvent.ts';
import type { SplitBody } from './splitBody.ts';
import { FieldProblem } from './takeField.ts';
import { readXapiStatement } from './xapiStatement.ts';

export interface Records {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
  readonly length: number;
}

/** @param bytes of which an id is made where there is none */
type Adapter = (json: JsonObject, receivedAt: number, bytes: Uint8Array) => EventInput;

const adapters: Readonly<Record<'cloudevents' | 'xapi', Adapter>> = {
  cloudevents: readCloudEvent,
  xapi: readXapiStatement,
};

const encoder = new TextEncoder();

/**
 * An event that cannot be mapped becomes a refused record, which says why.
 *
 * @param pseudonyms where there are some, what is made of the bytes of an event is made by their key: whoever guesses whom it is of
 * could find it out by making it otherwise
 */
export function adaptRecords(
  body: SplitBody,
  receivedAt: number,
  pseudonyms?: Pseudonyms,
): Records {
  const { bytes, starts, dialect } = body;
  const writer = new ByteWriter(bytes.length);
  const ends = new Int32Array(starts.length);
  for (let i = 0; i < starts.length; i += 1) {
    const [start, end] = [starts[i]!, body.ends[i]!];
    if (dialect === 'event') {
      writer.raw(bytes, start, end);
    } else {
      const record = adapt(adapters[dialect], bytes.subarray(start, end), receivedAt, pseudonyms);
      writer.raw(record, 0, record.length);
    }
    ends[i] = writer.length;
  }
  return { bytes: writer.bytes.subarray(0, writer.length), ends, length: ends.length };
}

function adapt(
  adapter: Adapter,
  bytes: Uint8Array,
  receivedAt: number,
  pseudonyms: Pseudonyms | undefined,
): Uint8Array {
  const read = parseObject(bytes, 0, bytes.length);
  if (read.accepted === undefined) return markRefused(read.problem, bytes);
  try {
    const made = pseudonyms === undefined ? bytes : keyed(bytes, pseudonyms);
    return encoder.encode(JSON.stringify(adapter(read.accepted, receivedAt, made)));
  } catch (error) {
    if (error instanceof FieldProblem) return markRefused(error.problem, bytes);
    throw error;
  }
}

function keyed(bytes: Uint8Array, { find, names }: Pseudonyms): Uint8Array {
  const at = find(bytesOf(bytes), 0, bytes.length);
  return names.bytes.slice(at, at + pseudonymLength);
}
