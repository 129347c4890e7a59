/** The records of a topic in an embedded log: same partitions, same offsets, same receptions. So an embedded run can be the reference of one on Kafka. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openKafkaLog } from '../../sources/kafka/kafkaLog.ts';
import type { Settings } from '../../sources/kafka/library.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import { openEventLog } from '../../sources/log/eventLog.ts';

/**
 * @param directory of the new log
 * @param partitions of the topic
 * @returns records copied
 */
export async function copyTopic(
  settings: Settings,
  topic: string,
  partitions: number,
  directory: string,
): Promise<number> {
  const log = await openEventLog({ directory, partitions });
  const assigned = new Set<number>();
  const reader = await openKafkaLog({
    library: loadKafka(),
    settings,
    topic,
    group: `copy-${process.pid}-${Date.now()}`,
    onAssigned: (partition) => assigned.add(partition),
    onRevoked: async () => {},
    onProblem: (problem) => console.error(problem),
  });
  let copied = 0;
  try {
    while (assigned.size < partitions) await sleep(10);
    for (let partition = 0; partition < partitions; partition += 1) {
      const end = reader.end(partition);
      for (let position = 0; position < end; ) {
        const chunk = reader.read(partition, position);
        if (chunk === undefined) {
          await sleep(2);
          continue;
        }
        if (chunk.firstOffset !== position) throw new RangeError('the topic has gaps: no copy');
        await log.append([chunk], chunk.receivedAt);
        position += chunk.length;
        copied += chunk.length;
      }
    }
  } finally {
    await reader.close();
    await log.close();
  }
  return copied;
}
