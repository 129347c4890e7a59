/** Who predicts of a model, as it is needed for each row. */
import type { ModelRecord, ServedVersion } from '../../contracts/modelRecord.ts';
import { bucketKey, bucketsOf } from '../../models/assignment/bucket.ts';
import type { SipKey } from '../../models/assignment/sipHash.ts';

export interface PreparedRelease {
  readonly version: string;
  /** Draws users; the same for all stages, so that a larger share contains a smaller one. */
  readonly key: SipKey;
  /** Users whose bucket lies below are served by it. */
  readonly bucketsBelow: number;
  /** Evidence is kept apart by it: `<id>:<stage>`. */
  readonly stage: string;
}

export interface PreparedModel {
  readonly revision: number;
  readonly champion: string;
  readonly release: PreparedRelease | undefined;
  readonly shadows: readonly string[];
  /** That have a file, each once. */
  readonly filed: readonly FiledVersion[];
}

export interface FiledVersion {
  readonly version: string;
  readonly sha256: string;
  readonly width: number;
}

export function prepareModel({ revision, champion, release, shadows }: ModelRecord): PreparedModel {
  const all = [champion, ...(release === null ? [] : [release.version]), ...shadows];
  const filed = new Map(all.flatMap((each) => filedOf(each)).map((each) => [each.version, each]));
  return {
    revision,
    champion: champion.version,
    release: release === null ? undefined : prepareRelease(release),
    shadows: shadows.map(({ version }) => version),
    filed: [...filed.values()],
  };
}

function filedOf({ version, sha256, width }: ServedVersion): FiledVersion[] {
  return sha256 === null ? [] : [{ version, sha256, width }];
}

function prepareRelease({ id, version, share, stage }: NonNullable<ModelRecord['release']>) {
  return {
    version: version.version,
    key: bucketKey('variant', id),
    bucketsBelow: bucketsOf(share),
    stage: `${id}:${stage}`,
  };
}
