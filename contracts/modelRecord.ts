/** Which versions of a model predict, as it goes into the log: so the data plane serves by it from there on, also in a replay. */
import { z } from 'zod';
import { definitionRecord } from './definitionRecord.ts';
import { ModelName, Sha256, VersionName } from './modelVersion.ts';

/** `type` of the record. Only the engine writes such records; the door refuses them. */
export const modelType = 'millrace.model';

export const ServedVersion = z.strictObject({
  version: VersionName,
  /** Of its ONNX file; null of the online learner by itself. */
  sha256: Sha256.nullable(),
  /** Features that it reads. */
  width: z.number().int().min(0),
});
export type ServedVersion = z.infer<typeof ServedVersion>;

/** A version on its way to become the champion. */
export const ServedRelease = z.strictObject({
  /** Of the release; the salt of its draw of users. */
  id: z.string().min(1).max(64),
  version: ServedVersion,
  /** Of users who are served by it, in [0, 1]; 0 in shadow. A larger share contains the users of a smaller one. */
  share: z.number().min(0).max(1),
  /** Evidence is kept apart by it: `shadow`, `canary-1`, … */
  stage: z.string().min(1).max(32),
});
export type ServedRelease = z.infer<typeof ServedRelease>;

export const ModelRecord = z.strictObject({
  /** 1, 2, 3 …: an older one than is known changes nothing. */
  revision: z.number().int().min(1),
  model: ModelName,
  champion: ServedVersion,
  release: ServedRelease.nullable(),
  /** Others that predict beside them and serve nobody. */
  shadows: z.array(ServedVersion).max(4),
});
export type ModelRecord = z.infer<typeof ModelRecord>;

/**
 * The event that says it.
 *
 * @param at ms since 1970
 */
export function modelEvent(record: ModelRecord, at: number): string {
  const id = `model:${record.model}@${record.revision}`;
  return definitionRecord({ type: modelType, id, definition: record }, at);
}
