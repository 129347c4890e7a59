/** Remembers which dead letters were sent in again: the table `dead_letter_replays`. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import type { LetterPosition } from '../../contracts/storedLetter.ts';

/**
 * @param letters at least one
 * @param replayedAt ms since 1970
 * @throws EngineError SINK_UNAVAILABLE when it is in doubt whether they are remembered
 */
export async function rememberReplays(
  store: Pick<Store, 'insert'>,
  letters: readonly LetterPosition[],
  replayedAt: number,
): Promise<void> {
  const writer = new ByteWriter();
  for (const { pipeline, partition, offset } of letters) {
    writer.text(pipeline);
    writer.uint16(partition);
    writer.int64(offset);
    writer.int64(replayedAt);
  }
  await store.insert('dead_letter_replays', writer.take());
}
