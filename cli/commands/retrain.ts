/** `millrace retrain`: trains a model now. */
import { Command } from 'commander';
import { StartedRun } from '../../contracts/modelLifeApi.ts';
import { post } from '../client.ts';
import { tellRun } from '../followRun.ts';
import { type ByOptions, withReason } from './options.ts';

interface Options extends ByOptions {
  readonly follow?: boolean;
}

const explanation = `
Exit status with --follow: 0 when a version was made, 1 otherwise; Ctrl-C ends the command and not the run.

Example: millrace retrain answer --reason "new course" --follow`;

export const retrainCommand = withReason(
  new Command('retrain').description('train a model now; a version that passes its gates follows'),
)
  .argument('<model>', 'its name')
  .option('--follow', 'tell each step, to the end')
  .addHelpText('after', explanation)
  .action(async (model: string, { url, reason, actor, follow }: Options) => {
    const started = await post(url, '/v1/retraining', { model, reason }, StartedRun, { actor });
    await tellRun(url, started, follow);
  });
