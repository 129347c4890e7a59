/**
 * A model from elsewhere as a candidate: ONNX as it is, LightGBM's text and XGBoost's JSON as ONNX, with golden rows, since what they
 * predict can be computed here.
 */
import type { ModelFeature } from '../../contracts/modelVersion.ts';
import { refuseImport } from '../../models/imports/importedTree.ts';
import { type ImportedTrees, importLightGbm } from '../../models/imports/importLightGbm.ts';
import { importXgBoost } from '../../models/imports/importXgBoost.ts';
import { checkOnnx } from '../../models/onnx/checkOnnx.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { readOnnx } from '../../models/onnx/readOnnx.ts';
import { differenceOfFeatures } from '../gates/featureNames.ts';
import type { Candidate, GatedModel } from '../gates/gateInput.ts';
import { checkCodes } from './checkCodes.ts';
import { type ModelFile, modelFormat } from './modelFormat.ts';
import { treesGolden } from './treesGolden.ts';

export interface ImportedFile extends Candidate {
  readonly format: ModelFile['format'];
  readonly trainer: string;
  /** What was taken on trust, in sentences. */
  readonly remarks: readonly string[];
}

const programs = { lightgbm: 'LightGBM', xgboost: 'XGBoost' } as const;

/**
 * @param trainer as its maker names it; otherwise as the file does
 * @throws EngineError MODEL_UNUSABLE with what is wrong
 */
export function importModel(
  bytes: Uint8Array,
  model: Pick<GatedModel, 'task' | 'features'>,
  trainer?: string,
): ImportedFile {
  const file = modelFormat(bytes);
  if (file.format === 'onnx') {
    checkOnnx(bytes, { width: model.features.length });
    const producer = readOnnx(bytes).producer.slice(0, 200) || 'not known';
    return { format: 'onnx', bytes, golden: null, trainer: trainer ?? producer, remarks: [] };
  }
  const trees = file.format === 'lightgbm' ? importLightGbm(file.text) : importXgBoost(file.text);
  if (trees.task !== model.task) {
    refuseImport(`it is for a ${trees.task} task; the model is ${model.task}`);
  }
  const remarks = checkFeatures(trees, model.features);
  checkCodes(trees, model.features, file);
  return {
    format: file.format,
    bytes: exportModel(trees, {
      features: model.features,
      metadata: { origin: programs[file.format] },
    }),
    golden: treesGolden(trees),
    trainer: trainer ?? programs[file.format],
    remarks,
  };
}

/** Names that both programs give to features that have none. */
const unnamed = /^(Column_|f)\d+$/;

/** @returns remarks */
function checkFeatures(
  { trees, featureNames }: ImportedTrees,
  features: readonly ModelFeature[],
): string[] {
  if (trees.width !== features.length) {
    refuseImport(`expected ${features.length} features, got ${trees.width}`);
  }
  if (featureNames.every((name) => unnamed.test(name))) {
    return [
      'The file does not name its features: whether they are in the same order, nothing tells.',
    ];
  }
  // LightGBM writes names with spaces as ones with underscores.
  const told = featureNames.map((name, i) => {
    const wanted = features[i]!.name;
    return { name: name === wanted.replaceAll(' ', '_') ? wanted : name, kind: undefined };
  });
  const problem = differenceOfFeatures(told, features);
  return problem === undefined ? [] : refuseImport(problem);
}
