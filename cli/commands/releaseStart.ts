/** `millrace release start`: a version begins to predict beside the champion, on its way to be one. */
import { Command } from 'commander';
import { ModelLife } from '../../contracts/modelLifeApi.ts';
import { post } from '../client.ts';
import { modelPath } from '../modelPaths.ts';
import { printable } from '../printable.ts';
import { type ByOptions, withReason } from './options.ts';

export const releaseStartCommand = withReason(
  new Command('start').description('begin the release of a version: first it serves nobody'),
)
  .argument('<model>', 'its name')
  .argument('<version>', 'of the model, such as 1.4')
  .addHelpText('after', '\nExample: millrace release start answer 1.4 --reason "passed its gates"')
  .action(async (model: string, version: string, { url, reason, actor }: ByOptions) => {
    const path = modelPath(model, 'releases');
    const life = await post(url, path, { version, reason }, ModelLife, { actor });
    console.log(printable(life.sentence));
  });
