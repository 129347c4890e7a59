/**
 * A process that appends until it is killed and prints what was acknowledged: `partition
 * firstOffset length` per line.
 */
import { openEventLog } from '../../../../sources/log/eventLog.ts';
import { sliceOf } from './records.ts';

const [directory = '', run = ''] = process.argv.slice(2);
const log = await openEventLog({ directory, partitions: 2 });
let number = 0;

async function appendForever(client: number): Promise<void> {
  for (;;) {
    number += 1;
    const length = 1 + (number % 7);
    const filler = 'x'.repeat((number * 37) % 3000);
    const slices = [0, 1].map((partition) =>
      sliceOf(
        partition,
        Array.from({ length }, (_, i) => `${run}:${client}:${number}:${i}:${filler}`),
      ),
    );
    const appended = await log.append(slices, 1000 * number);
    const lines = appended.map((at, i) => {
      const text = Buffer.from(slices[i]!.bytes.subarray(0, slices[i]!.ends[0]!)).toString();
      return `${at.partition} ${at.firstOffset} ${length} ${text.slice(0, text.lastIndexOf(':'))}`;
    });
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

await Promise.all([0, 1, 2, 3].map(appendForever));
