/**
 * Scores single rows together: all that are asked for within one turn of the event loop, at most so many at a time.
 *
 * A call of the runtime costs about as much as ten rows. Nobody waits on a clock: the batch goes at the end of the turn, and between
 * two batches other work gets its turn.
 */
import type { ScoringSession } from './session.ts';

export interface MicroBatcher {
  /**
   * @param row copied at once
   * @returns the prediction; a row that cannot be scored is refused alone, without the others of its batch
   */
  score(row: Float32Array): Promise<number>;
  /** Resolves when all that was asked for is answered. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly resolve: (prediction: number) => void;
  readonly reject: (error: unknown) => void;
}

/** @param rowsMax most rows of a batch */
export function microBatcher(session: ScoringSession, rowsMax = 64): MicroBatcher {
  if (!(Number.isInteger(rowsMax) && rowsMax > 0)) {
    throw new RangeError(`rowsMax: expected an integer above 0, got ${rowsMax}`);
  }
  const { width } = session.signature;
  const rows = new Float32Array(rowsMax * width);
  let waiting: Waiting[] = [];
  let scheduled = false;
  const flights = new Set<Promise<void>>();

  function flush(): void {
    scheduled = false;
    if (waiting.length === 0) return;
    const flight = answer(rows.slice(0, waiting.length * width), waiting);
    waiting = [];
    flights.add(flight);
    void flight.finally(() => flights.delete(flight));
  }

  async function answer(batch: Float32Array, asked: readonly Waiting[]): Promise<void> {
    try {
      const predictions = await session.score(batch);
      for (const [i, { resolve }] of asked.entries()) resolve(predictions[i]!);
    } catch (error) {
      const [only] = asked;
      if (asked.length === 1 && only !== undefined) {
        only.reject(error);
        return;
      }
      // One bad row must not be the others' fault.
      await Promise.all(
        asked.map((one, i) => answer(batch.subarray(i * width, (i + 1) * width), [one])),
      );
    }
  }

  return {
    score(row) {
      if (row.length !== width) {
        return Promise.reject(new RangeError(`row: expected ${width} features, got ${row.length}`));
      }
      return new Promise((resolve, reject) => {
        rows.set(row, waiting.length * width);
        waiting.push({ resolve, reject });
        if (waiting.length === rowsMax) flush();
        else if (!scheduled) {
          scheduled = true;
          setImmediate(flush);
        }
      });
    },
    async drain() {
      flush();
      while (flights.size > 0) await Promise.all(flights);
    },
  };
}
