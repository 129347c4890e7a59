/** `millrace models list`: each model, who is champion, what is being released, and where it stands. */
import { Command } from 'commander';
import { ModelLife, ModelLivesAnswer } from '../../contracts/modelLifeApi.ts';
import { get } from '../client.ts';
import { modelPath } from '../modelPaths.ts';
import { printable } from '../printable.ts';
import { releaseText } from '../releaseText.ts';
import { withUrl } from './options.ts';

export const modelsListCommand = withUrl(
  new Command('list').description('say where each model stands'),
)
  .option('--json', 'print the answer as JSON')
  .action(async ({ url, json }: { url: string; json?: boolean }) => {
    const answer = await get(url, '/v1/model-lives', ModelLivesAnswer);
    if (json === true) {
      console.log(JSON.stringify(answer));
      return;
    }
    if (answer.models.length === 0) console.log('No model has versions yet.');
    for (const { model } of answer.models) {
      const { champion, release, sentence } = await get(url, modelPath(model, 'life'), ModelLife);
      console.log(
        `${printable(model)}  champion ${printable(champion)}, release ${releaseText(release)}\n` +
          `  ${printable(sentence)}`,
      );
    }
  });
