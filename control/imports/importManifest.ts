/** What whoever made a model says of it, beside the file; all of it may be left out. */
import { z } from 'zod';
import { ModelVersion, Sha256 } from '../../contracts/modelVersion.ts';

const { trainer, parameters, notes } = ModelVersion.shape;

export const ImportManifest = z.strictObject({
  /** Program that made it: "LightGBM 4.7". */
  trainer: trainer.optional(),
  parameters: parameters.default({}),
  notes,
  /** SHA-256 of the snapshot of examples that it was trained on, where it came from here. */
  snapshot: Sha256.nullable().default(null),
});
export type ImportManifest = z.infer<typeof ImportManifest>;
