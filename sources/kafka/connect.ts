/** Connects a client of the brokers, or says that none answers; and lets it go. */
import { EngineError } from '../../contracts/errors.ts';
import { ask } from './ask.ts';
import type { KafkaConsumer, LogLine, Metadata, Producer } from './library.ts';

const connectMs = 30_000;
/** How long a client that leaves is waited for, ms. */
const disconnectMaxMs = 5_000;

/** @throws EngineError KAFKA_UNAVAILABLE */
export async function connect(client: KafkaConsumer | Producer): Promise<void> {
  let heard = '';
  const hear = ({ fac, message }: LogLine) => {
    if (fac === 'FAIL') heard = message.replace(/^\[thrd:[^\]]*\]: /, '');
  };
  client.on('event.log', hear);
  try {
    await ask<Metadata>((done) => client.connect({ timeout: connectMs }, done));
  } catch (cause) {
    const reason = heard === '' ? (cause as Error).message : heard;
    throw new EngineError('KAFKA_UNAVAILABLE', `no broker answers: ${reason}`, { cause });
  } finally {
    client.off('event.log', hear);
  }
}

/** Answers a group that changes while its member is leaving: it waits for an answer, and would keep the member. */
export function resign(consumer: KafkaConsumer): void {
  try {
    consumer.unassign();
  } catch {
    // It has left already.
  }
}

/**
 * Lets go of the brokers. A group that changes at the same moment can keep the client waiting for ever; it is left behind
 * then, and the group misses it when its session is over.
 */
export async function disconnect(client: KafkaConsumer | Producer): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, disconnectMaxMs);
  });
  await Promise.race([ask((done) => client.disconnect(done)), late]);
  clearTimeout(timer);
}
