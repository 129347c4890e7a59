/** Fills a topic fast, for tests and benchmarks. */
import { ask } from '../../sources/kafka/ask.ts';
import { codes, type KafkaError } from '../../sources/kafka/library.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';

export interface Filled {
  readonly partition: number;
  readonly value: Buffer | null;
  readonly key?: string | Buffer | undefined;
  readonly headers?: readonly Readonly<Record<string, string | Buffer>>[];
  /** ms since 1970; absent: now. Only a topic of the producers' time keeps it. */
  readonly timestamp?: number;
}

/** Messages between two looks at what was delivered. */
const perTurn = 5_000;

/** Returns when the broker has all of them. */
export async function fillTopic(
  address: string,
  topic: string,
  messages: Iterable<Filled>,
): Promise<void> {
  const producer = new (loadKafka().Producer)({
    'bootstrap.servers': address,
    'queue.buffering.max.messages': 500_000,
    'queue.buffering.max.kbytes': 1_048_576,
    'linger.ms': 20,
    'batch.num.messages': 100_000,
    // As large as brokers take by default; some clients send that much.
    'message.max.bytes': 1_048_588,
    dr_cb: true,
  });
  await ask((done) => producer.connect({ timeout: 10_000 }, done));
  let waiting = 0;
  let failure: Error | null = null;
  producer.on('delivery-report', (error) => {
    waiting -= 1;
    failure ??= error;
  });
  const turn = async () => {
    producer.poll();
    await new Promise((resolve) => setImmediate(resolve));
  };
  let sent = 0;
  for (const { partition, value, key, headers, timestamp = null } of messages) {
    for (;;) {
      try {
        producer.produce(topic, partition, value, key, timestamp, undefined, headers);
        break;
      } catch (error) {
        if ((error as KafkaError).code !== codes.queueFull) throw error;
        await turn();
      }
    }
    waiting += 1;
    sent += 1;
    if (sent % perTurn === 0) await turn();
  }
  while (waiting > 0 && failure === null) await turn();
  await ask((done) => producer.disconnect(done));
  if (failure !== null) throw failure;
}
