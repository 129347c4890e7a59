/** Who predicts of a model, as it is needed for each row. */
import type { ModelRecord, ServedVersion } from '../../contracts/modelRecord.ts';
import { type ReleaseDraw, releaseDraw } from '../../models/assignment/releaseDraw.ts';

export interface PreparedRelease {
  readonly version: string;
  readonly draw: ReleaseDraw;
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
    draw: releaseDraw({ id, share }),
    stage: `${id}:${stage}`,
  };
}
