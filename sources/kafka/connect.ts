/** Connects a client of the brokers, or says that none answers. */
import { EngineError } from '../../contracts/errors.ts';
import { ask } from './ask.ts';
import type { KafkaConsumer, Metadata, Producer } from './library.ts';

const connectMs = 30_000;

/** @throws EngineError KAFKA_UNAVAILABLE */
export async function connect(client: KafkaConsumer | Producer): Promise<void> {
  try {
    await ask<Metadata>((done) => client.connect({ timeout: connectMs }, done));
  } catch (cause) {
    const { message } = cause as Error;
    throw new EngineError('KAFKA_UNAVAILABLE', `no broker answers: ${message}`, { cause });
  }
}
