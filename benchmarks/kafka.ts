/**
 * The engine on a real Kafka broker: full speed, what exactly once and poison cost, how soon it goes on after a crash with
 * much state, and what is left after kills, rebalances and zombies. Each part says in its own file what it measures.
 */
import { startKafkaBroker } from '../test/support/kafkaBroker.ts';
import { restarts } from './kafka/restart.ts';
import { speed } from './kafka/speed.ts';
import { storm } from './kafka/storm.ts';
import type { Figures } from './run.ts';

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const broker = await startKafkaBroker({
    name: 'benchmark',
    heapMb: 512,
    settings: { 'group.min.session.timeout.ms': '1000', 'group.initial.rebalance.delay.ms': '0' },
  });
  try {
    return {
      broker: `apache-kafka-${broker.version}`,
      ...(await speed(broker, full ? 1_000_000 : 20_000, full ? 3 : 1)),
      ...(await restarts(broker, full ? 200_000 : 5_000, full ? 20 : 2)),
      ...(await storm(broker, full ? 100 : 3)),
    };
  } finally {
    await broker.close();
  }
}
