/** Members of the group empty a topic that is full. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberTask } from '../../pipelines/member.ts';
import { pipelines } from '../../pipelines/registry.ts';
import type { EpochLimits } from '../../pipelines/runPartition.ts';
import type { WorkerMessage } from '../../pipelines/worker.ts';
import { startProcess } from '../../pipelines/workerHandle.ts';
import type { KafkaBroker } from '../../test/support/kafkaBroker.ts';
import { withClickHouse } from '../support/clickhouse.ts';
import { type FilledTopic, filledPartitions } from './fill.ts';

const limits: EpochLimits = { epochMs: 300, epochEvents: 100_000, checkpointMs: 2_000 };
const names = [...pipelines.keys()];
/** The member as it is … */
export const exactMember = new URL('../../pipelines/memberProcess.js', import.meta.url);
/** … and one that gives up exactly once. */
export const looseMember = new URL('../support/looseMember.js', import.meta.url);

/** Each has groups of its own, so that each begins at the beginning. */
let drains = 0;

/** Drains the topic with some processes; records/s from the assignment to the last commit. */
export function drain(
  broker: KafkaBroker,
  { topic, total }: FilledTopic,
  processes: number,
  entry: URL,
): Promise<number> {
  return withClickHouse(async (clickhouse) => {
    drains += 1;
    const group = `${topic}-${drains}`;
    const kafka = { settings: { 'bootstrap.servers': broker.address }, topic, groupPrefix: group };
    const task: MemberTask = { pipelines: names, limits, kafka, clickhouse };
    const committed = new Map<number, number>();
    const running = new Set<number>();
    let startedAt = Number.NaN;
    let endedAt = Number.NaN;
    const workers = Array.from({ length: processes }, () =>
      startProcess<WorkerMessage>(entry, task, (message) => {
        if ('problem' in message) return;
        const { partition, report } = message;
        if (report.state === 'running') running.add(partition);
        if (running.size === filledPartitions && Number.isNaN(startedAt))
          startedAt = performance.now();
        if (report.committedOffset === undefined) return;
        committed.set(partition, report.committedOffset);
        if ([...committed.values()].reduce((sum, each) => sum + each, 0) >= total)
          endedAt = performance.now();
      }),
    );
    while (Number.isNaN(endedAt)) await sleep(5);
    for (const worker of workers) worker.post('stop');
    await Promise.all(workers.map(({ ended }) => ended));
    return (total * 1000) / (endedAt - startedAt);
  });
}
