/** The page about models: its reference is that of the registries, its lists those of the code. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calibrators } from '../../models/calibration/registry.ts';
import { allowedOperators } from '../../models/onnx/allowedOperators.ts';
import { modelBytesMax } from '../../models/onnx/checkOnnx.ts';
import { inputName, outputName } from '../../models/onnx/exportModel.ts';
import { irVersion, operatorVersions } from '../../models/onnx/onnxModel.ts';
import { trainers } from '../../models/training/registry.ts';
import { trainersReference } from '../support/trainersReference.ts';

const page = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
const marker = '## Reference\n\n';

test('the reference is this', async () => {
  const before = page.slice(0, page.indexOf(marker) + marker.length);
  const reference = trainersReference(trainers.values(), calibrators);
  await expect(before + reference).toMatchFileSnapshot('../../docs/models.md');
});

test('every operator that is allowed is named, and no other', () => {
  const lists = [...page.matchAll(/^> (.*)$/gm)].map(([, words]) => words!.split(', '));
  expect(lists).toHaveLength(2);
  const [plain, learning] = lists;
  const told = [...plain!, ...learning!.map((operator) => `ai.onnx.ml.${operator}`)];
  expect(told.toSorted()).toEqual([...allowedOperators].sort());
});

test('names and limits are those of the code', () => {
  expect(page).toContain(`\`${inputName}\``);
  expect(page).toContain(`\`${outputName}\``);
  expect(page).toContain(`${modelBytesMax / 2 ** 20} MiB`);
  expect(page).toContain(`IR version ${irVersion}`);
  expect(page).toContain(
    `operators ${operatorVersions['']} and ai.onnx.ml ${operatorVersions['ai.onnx.ml']}`,
  );
});
