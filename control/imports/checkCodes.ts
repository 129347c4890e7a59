/** Whether the codes by which trees from elsewhere split are those that features have here. Where that is not so, it is never guessed. */
import type { ModelFeature } from '../../contracts/modelVersion.ts';
import { refuseImport } from '../../models/imports/importedTree.ts';
import type { ImportedTrees } from '../../models/imports/importLightGbm.ts';
import type { ModelFile } from './modelFormat.ts';

/** @throws EngineError MODEL_UNUSABLE */
export function checkCodes(
  { trees }: ImportedTrees,
  features: readonly ModelFeature[],
  file: ModelFile,
): void {
  const byCodes = new Set(
    trees.features.filter((_, node) => trees.setEnds[node]! > trees.setStarts[node]!),
  );
  if (byCodes.size === 0) return;
  for (const feature of [...byCodes].sort((a, b) => a - b)) {
    const { name, kind } = features[feature]!;
    if (kind === 'categorical') continue;
    refuseImport(`it splits ${name} by codes, and ${name} is numeric here`);
  }
  if (file.format === 'lightgbm') checkPandas(file.text);
  if (file.format === 'xgboost') checkContainer(file.text);
}

/** LightGBM codes columns of pandas by the place of each value in a list that it keeps. */
function checkPandas(text: string): void {
  const told = /^pandas_categorical:(.*)$/m.exec(text)?.[1] ?? 'null';
  let lists: unknown;
  try {
    lists = JSON.parse(told);
  } catch {
    refuseImport('pandas_categorical cannot be read');
  }
  if (!Array.isArray(lists)) return;
  for (const list of lists) {
    const values: readonly unknown[] = Array.isArray(list) ? list : [list];
    const other = values.find((value, place) => value !== place);
    if (other === undefined) continue;
    refuseImport(
      `its codes stand for values that it keeps itself, ${JSON.stringify(other)} for one: train it on the codes of the snapshot`,
    );
  }
}

/** XGBoost keeps how it has recoded values. */
function checkContainer(text: string): void {
  const { learner } = JSON.parse(text) as {
    learner?: { gradient_booster?: { model?: { cats?: { enc?: unknown } } } };
  };
  const recoded = learner?.gradient_booster?.model?.cats?.enc;
  if (!Array.isArray(recoded) || recoded.length === 0) return;
  refuseImport('it recodes values by a table of its own: train it on the codes of the snapshot');
}
