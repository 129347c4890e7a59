/** `millrace audit verify`: computes every hash of the audit log again, outside of the engine. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError, Option } from 'commander';
import { StoredAuditEntry } from '../../contracts/auditApi.ts';
import { EngineError } from '../../contracts/errors.ts';
import { settleMs } from '../../control/audit/auditDesk.ts';
import { createChainCheck } from '../../control/audit/chainCheck.ts';
import { type HeadsNote, readNote } from '../../control/audit/headsNote.ts';
import { getLines } from '../client.ts';
import { printable } from '../printable.ts';
import { withUrl } from './options.ts';

interface VerifyOptions {
  readonly url: string;
  readonly heads?: HeadsNote;
}

/** Pause between two words on how far it is, ms. */
const wordEveryMs = 2_000;

const explanation = `
Heads that were written down elsewhere tell whether everything is there that was there then: a log can be cut off at its end, or
written anew as a whole, without a trace in itself. What is younger than a minute is not in them.

Exit status 1 when a chain is broken, or the heads are not as they were.

Example: millrace audit verify --heads 1770000000000-4211-9f…`;

export const auditVerifyCommand = withUrl(
  new Command('verify').description('check that the record of who did what is whole'),
)
  .argument(
    '[file]',
    'lines of JSON that the engine exported; by default the running engine is asked',
  )
  .addOption(
    new Option('--heads <text>', 'as an earlier check told them').argParser((text) => {
      const note = readNote(text);
      if (note !== undefined) return note;
      throw new InvalidArgumentError('expected heads as a check tells them');
    }),
  )
  .addHelpText('after', explanation)
  .action(async (file: string | undefined, { url, heads }: VerifyOptions) => {
    const check = createChainCheck({ instant: Date.now() - settleMs, noted: heads });
    let saidAt = performance.now();
    const lines = file === undefined ? getLines(url, '/v1/audit/export') : linesOf(file);
    for await (const line of lines) {
      check.take(entryOf(line));
      if (performance.now() - saidAt < wordEveryMs) continue;
      saidAt = performance.now();
      console.error(`${check.entries.toLocaleString('en')} entries …`);
    }
    const { broken, sentence, heads: now, difference } = check.read();
    for (const each of broken) {
      console.log(printable(` BAD  chain ${each.chain}, entry ${each.number}: ${each.sentence}`));
    }
    console.log(sentence);
    console.log(`Heads now: ${now}`);
    if (broken.length > 0 || difference !== undefined) process.exitCode = 1;
  });

async function* linesOf(file: string): AsyncGenerator<unknown> {
  const input = createReadStream(file);
  await once(input, 'open').catch((error: unknown) => {
    throw new EngineError('FILE_UNREADABLE', `${file}: cannot be read`, { cause: error });
  });
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of lines) {
    if (line === '') continue;
    try {
      yield JSON.parse(line);
    } catch (error) {
      throw unreadable(error);
    }
  }
}

function entryOf(line: unknown): StoredAuditEntry {
  const parsed = StoredAuditEntry.safeParse(line);
  if (parsed.success) return parsed.data;
  throw unreadable(parsed.error);
}

function unreadable(cause: unknown): EngineError {
  return new EngineError('FILE_UNREADABLE', 'a line is no entry of an audit log', { cause });
}
