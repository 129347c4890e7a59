/** Counts what is refused of a replayed file, and ends a replay of which nothing is accepted. */
import type { EventsAnswer } from '../contracts/api.ts';
import { EngineError } from '../contracts/errors.ts';

export interface Refusals {
  /** Events refused so far. */
  readonly count: number;
  /**
   * Counts an answer.
   *
   * @throws EngineError FILE_UNREADABLE when none of the first thousand events or more was accepted
   */
  take(answer: EventsAnswer): void;
  /** @throws EngineError FILE_UNREADABLE when there were events and none of them was accepted */
  end(): void;
}

/** When nothing was accepted of so many events, the rest would be refused as well. */
const hopelessAt = 1_000;

/** @param before what was taken of the file by an earlier start */
export function countRefusals(
  file: string,
  format: string,
  before = { accepted: 0, refused: 0 },
): Refusals {
  let { accepted, refused } = before;
  let firstReason = '';

  function stop(which: string): never {
    throw new EngineError(
      'FILE_UNREADABLE',
      `${file}: read as ${format}, ${which} ${refused.toLocaleString('en')} events were refused` +
        `${firstReason === '' ? '' : `, the first because of ${firstReason}`}; --format names another format`,
    );
  }

  return {
    get count() {
      return refused;
    },
    take(answer) {
      const [first] = answer.refusals;
      if (firstReason === '' && first !== undefined)
        firstReason = `${first.code} (${first.reason})`;
      accepted += answer.accepted;
      refused += answer.refused;
      if (accepted === 0 && refused >= hopelessAt) stop('all of its first');
    },
    end() {
      if (accepted === 0 && refused > 0) stop('all of its');
    },
  };
}
