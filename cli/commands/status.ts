/** `millrace status`: how a running engine is, in a sentence and a table. */
import { Command } from 'commander';
import { Health, type PipelineStatus, PipelinesAnswer } from '../../contracts/api.ts';
import { get } from '../client.ts';
import { withUrl } from './options.ts';

export const statusCommand = withUrl(
  new Command('status').description('say how a running engine is'),
)
  .option('--json', 'print the answers as JSON')
  .action(async ({ url, json }: { url: string; json?: boolean }) => {
    const health = await get(url, '/v1/health', Health);
    if (health.state === 'bad') process.exitCode = 1;
    if (json !== true) printHealth(health);
    try {
      const { pipelines } = await get(url, '/v1/pipelines', PipelinesAnswer);
      if (json === true) console.log(JSON.stringify({ health, pipelines }));
      else for (const pipeline of pipelines) printPipeline(pipeline);
    } catch (error) {
      // What is known is told, whatever else fails: health is asked for most when something is wrong.
      if (json === true) console.log(JSON.stringify({ health, pipelines: null }));
      throw error;
    }
  });

function printHealth({ sentence, checks }: Health): void {
  console.log(sentence);
  for (const { state, detail } of checks) {
    if (state !== 'good') console.log(`  ${state}: ${detail}`);
  }
}

function printPipeline({ name, version, partitions }: PipelineStatus): void {
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
