/** `millrace status`: how a running engine is, in a sentence and a table. */
import { Command } from 'commander';
import { Health, PipelinesAnswer } from '../../contracts/api.ts';
import { get } from '../client.ts';
import { withUrl } from './options.ts';

export const statusCommand = withUrl(
  new Command('status').description('say how a running engine is'),
)
  .option('--json', 'print the answers as JSON')
  .action(async ({ url, json }: { url: string; json?: boolean }) => {
    const health = await get(url, '/v1/health', Health);
    const { pipelines } = await get(url, '/v1/pipelines', PipelinesAnswer);
    if (json === true) {
      console.log(JSON.stringify({ health, pipelines }));
    } else {
      console.log(health.sentence);
      for (const check of health.checks) {
        if (check.state !== 'good') console.log(`  ${check.state}: ${check.detail}`);
      }
      for (const { name, version, partitions } of pipelines) {
        console.log(`\n${name} (version ${version})`);
        console.table(
          Object.fromEntries(
            partitions.map((each) => [
              each.partition,
              {
                state: each.state,
                committed: each.committedOffset,
                lag: each.lagEvents,
                'events/s': Math.round(each.eventsPerSecond),
                'commit ms': each.commitMs === null ? '–' : Math.round(each.commitMs),
                detail: each.detail ?? '',
              },
            ]),
          ),
        );
      }
    }
    if (health.state === 'bad') process.exitCode = 1;
  });
