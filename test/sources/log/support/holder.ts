/** A process that holds the log until it is killed. */
import { openEventLog } from '../../../../sources/log/eventLog.ts';

await openEventLog({ directory: process.argv[2]!, partitions: 2 });
process.stdout.write('open\n');
setInterval(() => {}, 60_000);
