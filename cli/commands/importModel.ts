/** `millrace import-model`: brings in a model that was trained elsewhere, through the same gates as any other. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import { StartedRun } from '../../contracts/modelLifeApi.ts';
import { ImportManifest } from '../../control/imports/importManifest.ts';
import { modelBytesMax } from '../../models/onnx/checkOnnx.ts';
import { postFile } from '../client.ts';
import { tellRun } from '../followRun.ts';
import { jsonFile } from '../jsonFile.ts';
import { modelPath } from '../modelPaths.ts';
import { type ByOptions, withReason } from './options.ts';

interface Options extends ByOptions {
  readonly model: string;
  readonly manifest?: string;
  readonly trainer?: string;
  readonly notes?: string;
  readonly follow?: boolean;
}

/** What an engine takes of a request's head, with room for the rest of it. */
const pathMax = 14_000;

const explanation = `
The manifest is JSON, and all of it may be left out: trainer, parameters, notes, and snapshot, the hash of the
examples that it has learnt from. With --follow the command says what each gate has found; exit status 0 when the
model passed and is a version, 1 otherwise. It serves nobody before it is released.

Example: millrace import-model answers.lightgbm.txt --model answer --reason "trained elsewhere" --follow`;

export const importModelCommand = withReason(
  new Command('import-model').description('bring in a model that was trained elsewhere'),
)
  .argument('<file>', "ONNX, LightGBM's text or XGBoost's JSON")
  .requiredOption('--model <name>', 'the model of which it becomes a version')
  .option('--manifest <file>', 'what its maker says of it (FILE.json)')
  .option('--trainer <name>', 'program that made it, instead of that in the manifest or the file')
  .option('--notes <text>', 'whatever is to be said of it, instead of those in the manifest')
  .option('--follow', 'tell each step and what each gate has found, to the end')
  .addHelpText('after', explanation)
  .action(async (file: string, options: Options) => {
    const { url, model, actor, follow } = options;
    const bytes = bytesOf(file);
    const path = modelPath(model, `imports?${queryOf(options)}`);
    const started = await postFile(url, path, bytes, StartedRun, { actor });
    await tellRun(url, started, follow);
  });

function bytesOf(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineError('FILE_UNREADABLE', `${path}: ${why}`, { cause: error });
  }
  const { length } = bytes;
  if (length > 0 && length <= modelBytesMax) return bytes;
  const allowed = `1 to ${modelBytesMax.toLocaleString('en')} bytes`;
  throw new EngineError(
    'FILE_UNREADABLE',
    `${path}: expected ${allowed}, got ${length.toLocaleString('en')}`,
  );
}

/** @throws EngineError CONFIGURATION_INVALID when there is more than a request takes */
function queryOf({ reason, manifest: file, trainer, notes }: Options): string {
  const manifest = file === undefined ? ImportManifest.parse({}) : manifestOf(file);
  const query = new URLSearchParams({ reason });
  const maker = trainer ?? manifest.trainer;
  if (maker !== undefined) query.set('trainer', maker);
  query.set('notes', notes ?? manifest.notes);
  query.set('parameters', JSON.stringify(manifest.parameters));
  if (manifest.snapshot !== null) query.set('snapshot', manifest.snapshot);
  const text = query.toString();
  if (text.length <= pathMax) return text;
  const given = `${text.length.toLocaleString('en')} characters of ${pathMax.toLocaleString('en')}`;
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `reason, notes and parameters are too long for a request, ${given} as they are sent`,
  );
}

function manifestOf(path: string): ImportManifest {
  const { success, data, error } = ImportManifest.safeParse(jsonFile(path));
  if (success) return data;
  const { path: at, message } = error.issues[0]!;
  const where = at.length === 0 ? '' : `${at.join('.')}: `;
  throw new EngineError('FILE_UNREADABLE', `${path}: ${where}${message}`);
}
