/**
 * The cluster that the Kafka client itself can play: brokers without a disk, in this process, which take a chosen time for each
 * answer. They know no access rights and make topics by themselves only, four partitions each.
 */
import { ask } from '../../sources/kafka/ask.ts';
import type { Metadata, Settings } from '../../sources/kafka/library.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';

export interface MockCluster {
  readonly settings: Settings;
  /** Of their own accord they would be there from the first message on. */
  makeTopic(topic: string): Promise<void>;
  close(): Promise<void>;
}

/** Neither Java nor a broker is needed. */
export function hasKafkaClient(): boolean {
  try {
    loadKafka();
    return true;
  } catch {
    return false;
  }
}

/** @param rttMs time of an answer */
export async function startMockCluster(rttMs: number): Promise<MockCluster> {
  // The client that has the cluster inside; others find it by its address.
  const host = new (loadKafka().Producer)({
    'test.mock.num.brokers': 3,
    'test.mock.broker.rtt': rttMs,
    dr_cb: true,
  });
  const { brokers } = await ask<Metadata>((done) => host.connect({ timeout: 10_000 }, done));
  host.setPollInterval(5);
  return {
    settings: { 'bootstrap.servers': brokers.map((at) => `${at.host}:${at.port}`).join(',') },
    async makeTopic(topic) {
      host.produce(topic, 3, Buffer.from('first'));
      await ask((done) => host.flush(30_000, done));
    },
    async close() {
      await ask((done) => host.disconnect(done));
    },
  };
}
