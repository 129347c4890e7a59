/** `millrace release pause`, `resume`, `abort`, `approve`: what people do with the release under way. */
import { Command } from 'commander';
import { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { ReleaseMoveName } from '../../contracts/release.ts';
import { post } from '../client.ts';
import { modelPath } from '../modelPaths.ts';
import { printable } from '../printable.ts';
import { type ByOptions, withReason } from './options.ts';

const descriptions: Readonly<Record<ReleaseMoveName, string>> = {
  pause: 'halt the release under way: it goes no further, and harm still ends it',
  resume: 'go on with a release that was paused',
  abort: 'end the release under way: the champion serves everybody',
  approve: 'give the consent that the release under way waits for',
};

export function releaseMoveCommand(move: ReleaseMoveName): Command {
  return withReason(new Command(move).description(descriptions[move]))
    .argument('<model>', 'its name')
    .addHelpText('after', `\nExample: millrace release ${move} answer --reason "as agreed"`)
    .action(async (model: string, { url, reason, actor }: ByOptions) => {
      const path = modelPath(model, 'release');
      const life = await post(url, path, { move, reason }, ModelLife, { actor });
      console.log(printable(life.sentence));
    });
}
