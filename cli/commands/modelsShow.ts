/** `millrace models show`: one model, its release and its versions. */
import { Command } from 'commander';
import { type ListedVersion, ModelLife } from '../../contracts/modelLifeApi.ts';
import { get } from '../client.ts';
import { modelPath } from '../modelPaths.ts';
import { printable } from '../printable.ts';
import { releaseText } from '../releaseText.ts';
import { withUrl } from './options.ts';

export const modelsShowCommand = withUrl(
  new Command('show').description('show one model: release under way, versions'),
)
  .argument('<model>', 'its name')
  .option('--json', 'print the answer as JSON')
  .addHelpText('after', '\nExample: millrace models show answer')
  .action(async (model: string, { url, json }: { url: string; json?: boolean }) => {
    const life = await get(url, modelPath(model, 'life'), ModelLife);
    console.log(json === true ? JSON.stringify(life) : textOf(life));
  });

function textOf({ sentence, release, versions }: ModelLife): string {
  const step = release?.steps.at(-1)?.sentence;
  return [
    printable(sentence),
    `Release: ${releaseText(release)}.${step === undefined ? '' : ` ${printable(step)}`}`,
    '',
    ...tableOf(versions),
  ].join('\n');
}

const head = ['version', 'made', 'by', 'trainer', 'gates', 'log loss', 'Brier', 'AUC', 'is'];

/** The newest version first. */
function tableOf(versions: readonly ListedVersion[]): string[] {
  const rows = [head, ...versions.map(rowOf)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

function rowOf({
  version,
  madeAt,
  actor,
  kind,
  trainer,
  gatesPassed,
  metrics,
  ...of
}: ListedVersion): string[] {
  const gates = { true: 'passed', false: 'failed', null: '–' }[`${gatesPassed}`];
  const maker = kind === 'imported' ? `${trainer} (imported)` : trainer;
  return [
    ...[version, new Date(madeAt).toISOString().slice(0, 16), actor, maker].map(printable),
    ...[gates, figureOf(metrics['logLoss']), figureOf(metrics['brier']), figureOf(metrics['auc'])],
    [...of.roles, ...(of.deleted ? ['deleted'] : [])].join(', '),
  ];
}

function figureOf(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(4);
}
