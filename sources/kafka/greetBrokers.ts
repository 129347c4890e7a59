/**
 * The first word with the brokers: what is wrong with the settings is said at the start, in one sentence, instead of half a
 * minute later as silence.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../contracts/errors.ts';
import { kafkaVariable } from '../../contracts/settings.ts';
import { ask } from './ask.ts';
import { type Complaint, complaintOf } from './complaint.ts';
import { disconnect } from './connect.ts';
import { judgeCertificate } from './judgeCertificate.ts';
import type { KafkaError, KafkaLibrary, Metadata, Producer, Settings } from './library.ts';

/**
 * How long each attempt waits, ms. A client that waits cannot be interrupted, not even by the end of the process; so the
 * first attempts are short, and the last ones long enough for a broker that is slow to answer.
 */
const patiencesMs = [1_500, 3_000, 8_000, 15_000] as const;
/** Of the client, for a setting that it cannot use; it says which. */
const invalidSetting = -172;

/**
 * Returns when a broker has answered this client.
 *
 * @param say       told once when nobody answers yet
 * @param patiences ms, of each attempt
 * @throws EngineError CONFIGURATION_INVALID with the setting to be mended; KAFKA_UNAVAILABLE after half a minute
 */
export async function greetBrokers(
  library: KafkaLibrary,
  settings: Settings,
  say: (sentence: string) => void,
  patiences: readonly number[] = patiencesMs,
): Promise<void> {
  let last: Complaint | undefined;
  for (const [attempt, ms] of patiences.entries()) {
    const until = performance.now() + ms;
    const complaint = await greet(library, settings, ms);
    if (complaint === undefined) return;
    if (complaint.kind === 'mistake') {
      throw new EngineError('CONFIGURATION_INVALID', complaint.sentence);
    }
    if (attempt === 1) say(`No broker answers yet, and it is tried further: ${complaint.sentence}`);
    last = complaint;
    await sleep(Math.max(0, until - performance.now()));
  }
  throw new EngineError(
    'KAFKA_UNAVAILABLE',
    `kafkaBrokers (${kafkaVariable('brokers')}): no broker answers: ${last?.sentence}`,
  );
}

/** @returns what kept the brokers from answering; undefined when one has */
async function greet(
  library: KafkaLibrary,
  settings: Settings,
  timeoutMs: number,
): Promise<Complaint | undefined> {
  const client = clientOf(library, settings);
  const complaints: Complaint[] = [];
  client.on('event.log', ({ fac, message }) => {
    const complaint = fac === 'FAIL' ? complaintOf(message, settings) : undefined;
    if (complaint !== undefined) complaints.push(complaint);
  });
  try {
    await ask<Metadata>((done) => client.connect({ timeout: timeoutMs }, done));
  } catch (error) {
    const { code, message } = error as KafkaError;
    if (code === invalidSetting) throw invalid(message, error);
    const heard = complaints.findLast(({ kind }) => kind !== 'absence') ?? complaints.at(-1);
    return judged(heard, settings, message);
  }
  await disconnect(client);
  return undefined;
}

async function judged(
  heard: Complaint | undefined,
  settings: Settings,
  message: string,
): Promise<Complaint> {
  if (heard === undefined) return { kind: 'absence', sentence: message, address: '' };
  if (heard.kind !== 'certificate') return heard;
  const sentence = (await judgeCertificate(heard.address, settings)) ?? heard.sentence;
  return { ...heard, kind: 'mistake', sentence };
}

/** @throws EngineError CONFIGURATION_INVALID where the client knows no such setting, or no such value */
function clientOf(library: KafkaLibrary, settings: Settings): Producer {
  try {
    return new library.Producer(settings);
  } catch (error) {
    throw invalid((error as Error).message, error);
  }
}

function invalid(message: string, cause: unknown): EngineError {
  const words = `${variableIn(message)}: the Kafka client cannot use it: ${message}`;
  return new EngineError('CONFIGURATION_INVALID', words, { cause });
}

/** Of the setting that the client's words name. */
function variableIn(message: string): string {
  if (message.startsWith('Unsupported SASL mechanism')) return kafkaVariable('sasl.mechanism');
  const [, property] = /configuration property:? "([^"]+)"/.exec(message) ?? [];
  const [, first] = /\b([a-z]+(?:\.[a-z]+)+)\b/.exec(message) ?? [];
  return kafkaVariable(property ?? first ?? '…');
}
