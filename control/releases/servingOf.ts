/** Who predicts while a release is where it is, and once it has ended. */
import type { ModelServing } from '../../contracts/modelEvent.ts';
import type { ServedVersion } from '../../contracts/modelRecord.ts';
import type { Release } from '../../contracts/release.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import { canaryStage, shadowStage } from './releaseStages.ts';

/** As `ModelServing` allows. */
const shadowsMax = 4;

/**
 * A former champion predicts on until its trial has ended: as a shadow from the promotion on, then in the place of a release. A version
 * that was withdrawn predicts no more.
 *
 * @param version of the release
 * @param against of the release
 * @param before  who predicts until now: its other shadows stay, the newest where there are too many
 */
export function servingOf(
  release: Release,
  version: ServedVersion,
  against: ServedVersion,
  before: ModelServing,
): ModelServing {
  const shadows = before.shadows.filter(
    (each) => each.version !== version.version && each.version !== against.version,
  );
  const beside = (former: ServedVersion) => [...shadows, former].slice(-shadowsMax);
  const { id, phase, step, share } = release;
  switch (phase) {
    case 'shadow':
      return {
        champion: against,
        release: { id, version, share: 0, stage: shadowStage },
        shadows,
      };
    case 'canary':
      return {
        champion: against,
        release: { id, version, share, stage: canaryStage(step) },
        shadows,
      };
    case 'promoted':
      return {
        champion: version,
        release: null,
        shadows: isTrial(release) ? shadows : beside(against),
      };
    case 'withdrawn':
    case 'aborted':
      return {
        champion: against,
        release: null,
        shadows,
      };
  }
}
