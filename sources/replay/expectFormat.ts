/** Whether a file is in the format that it is said to be in, as far as its first line tells. */
import { EngineError } from '../../contracts/errors.ts';
import { eventBytesMax } from '../../contracts/event.ts';
import { replayFormat, replayFormats } from './formats.ts';
import { LineReader } from './lineReader.ts';
import { fileError, openFile } from './openFile.ts';

/**
 * Passes a file whose first line fits no format at all: what is wrong with that line is for its format to say.
 *
 * @param name a name of {@link replayFormats}
 * @throws EngineError FILE_UNREADABLE when the file cannot be read, or when its first line fits another format only
 */
export async function expectFormat(path: string, name: string): Promise<void> {
  const line = await firstLine(path);
  if (replayFormat(name).fits(line)) return;
  for (const other of replayFormats.values()) {
    if (!other.fits(line)) continue;
    throw new EngineError(
      'FILE_UNREADABLE',
      `${path}: its first line is not of the format ${name}, but of ${other.name}: add --format ${other.name}`,
    );
  }
}

async function firstLine(path: string): Promise<string> {
  const lines = new LineReader(eventBytesMax);
  const file = await openFile(path);
  try {
    for await (const piece of file.pieces) {
      lines.feed(piece);
      if (lines.next()) return text(lines);
    }
    return lines.last() ? text(lines) : '';
  } catch (error) {
    throw fileError(path, error);
  } finally {
    await file.close();
  }
}

function text({ bytes, start, end }: LineReader): string {
  return Buffer.from(bytes.subarray(start, end)).toString();
}
