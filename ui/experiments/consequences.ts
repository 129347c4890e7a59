/** What a move brings about, said before it is done. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
import { consequences as words } from '../words/experiments.ts';
import { formatLevelShare } from './levels.ts';
import type { MoveAsked } from './moveAsked.ts';

/** @param asked with the decision that is chosen at present */
export function consequencesOf(detail: ExperimentDetail, asked: MoveAsked): string[] {
  const { experiment, result } = detail;
  switch (asked.move) {
    case 'start':
      return [
        words.entering(formatShare(experiment.traffic), sharesOf(detail)),
        words.fixed,
        words.alpha(formatShare(experiment.alpha)),
      ];
    case 'pause':
      return [words.paused, words.stillScored];
    case 'resume':
      return [words.resumed, words.sameStage];
    case 'archive':
      return [experiment.state === 'draft' ? words.archivedDraft : words.archived];
    case 'stop': {
      const immature = Math.max(
        0,
        ...(result?.metrics ?? []).map(({ arms }) =>
          arms.reduce((sum, arm) => sum + arm.immature, 0),
        ),
      );
      const served = (key: string) =>
        experiment.variants.find((variant) => variant.key === key)?.name ?? key;
      const decided = {
        ship: words.shipped(served(asked.variant ?? experiment.control)),
        stop: words.stopped(served(experiment.control)),
        invalid: words.invalid(served(experiment.control)),
        none: words.undecided(served(experiment.control)),
      }[asked.decision];
      return [
        decided,
        ...(result === null || result.exposed === 0
          ? []
          : [words.counted(formatCount(result.exposed))]),
        ...(immature > 0 ? [words.immature(formatCount(immature))] : []),
        ...(result?.verdict.word === 'keep running' ? [words.early] : []),
        words.final,
      ];
    }
  }
}

/** "50 % Without hints, 50 % With hints" */
function sharesOf({ experiment: { variants } }: ExperimentDetail): string {
  return variants.map(({ name, weight }) => `${formatLevelShare(weight)} ${name}`).join(', ');
}
