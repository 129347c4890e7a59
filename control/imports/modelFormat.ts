/** What kind of model a file is, by what is in it: names of files say little, and people rename them. */
import { refuseImport } from '../../models/imports/importedTree.ts';
import { modelBytesMax } from '../../models/onnx/checkOnnx.ts';

export type ModelFile =
  | { readonly format: 'onnx' }
  | { readonly format: 'lightgbm' | 'xgboost'; readonly text: string };

/** Begin of files that people try, and what to do instead. */
const others: readonly (readonly [begin: readonly number[], told: string])[] = [
  [[0x80], 'a Python pickle, which would run code: write the model as ONNX'],
  [[0x50, 0x4b], 'an archive (zip, Keras or PyTorch): write the model as ONNX'],
  [[0x1f, 0x8b], 'compressed by gzip: unpack it first'],
  [[0x89, 0x48, 0x44, 0x46], 'HDF5 (Keras): write the model as ONNX'],
];

/** @throws EngineError MODEL_UNUSABLE when it is none that is taken */
export function modelFormat(bytes: Uint8Array): ModelFile {
  if (bytes.length === 0) refuseImport('the file is empty');
  if (bytes.length > modelBytesMax) {
    refuseImport(`the file has ${bytes.length} bytes, of which ${modelBytesMax} are allowed`);
  }
  for (const [begin, told] of others) {
    if (begin.every((byte, i) => bytes[i] === byte)) refuseImport(`the file is ${told}`);
  }
  // Every ONNX file begins with the version of its format: field 1, an integer.
  if (bytes[0] === 0x08) return { format: 'onnx' };
  const text = textOf(bytes);
  if (/^tree\r?\n/.test(text)) return { format: 'lightgbm', text };
  if (/^\s*\{/.test(text)) return { format: 'xgboost', text };
  return refuseImport('the file is no ONNX, no LightGBM text and no XGBoost JSON');
}

/** '' when it is no text. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A brace and then no text.
    if (bytes[0] === 0x7b) {
      refuseImport('the file is XGBoost in its binary format (UBJSON): save it as .json');
    }
    return '';
  }
}
