/** `millrace rollback`: makes a version the champion at once, after it has said what that does. */
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import { ModelLife, RollbackPreview } from '../../contracts/modelLifeApi.ts';
import { get, post } from '../client.ts';
import { modelPath } from '../modelPaths.ts';
import { printable } from '../printable.ts';
import { type ByOptions, withReason } from './options.ts';

interface Options extends ByOptions {
  readonly yes?: boolean;
}

const explanation = `
A release under way is aborted. Exit status 1 when nothing was done.

Example: millrace rollback answer 1.3 --reason "1.4 answers slowly"`;

export const rollbackCommand = withReason(
  new Command('rollback').description('make a version of a model the champion at once'),
)
  .argument('<model>', 'its name')
  .argument('<version>', 'to go back to, such as 1.3')
  .option('--yes', 'do it without a question')
  .addHelpText('after', explanation)
  .action(async (model: string, version: string, options: Options) => {
    const { url, reason, actor, yes } = options;
    const preview = modelPath(model, `rollback-preview?version=${encodeURIComponent(version)}`);
    console.log(printable((await get(url, preview, RollbackPreview)).sentence));
    if (yes !== true && !(await agreed(`Make ${printable(version)} the champion now? [y/N] `))) {
      console.log('Nothing was done.');
      process.exitCode = 1;
      return;
    }
    const path = modelPath(model, 'rollback');
    const life = await post(url, path, { version, reason }, ModelLife, { actor });
    console.log(printable(life.sentence));
  });

/** @throws EngineError when nobody can be asked */
async function agreed(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new EngineError('CONFIGURATION_INVALID', 'yes: nobody can be asked here: add --yes');
  }
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await asked.question(question)).trim());
  } finally {
    asked.close();
  }
}
