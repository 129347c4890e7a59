/** `millrace pseudonym`: under which name users are known inside, to find them in other systems' data and the other way round. */
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import { createPseudonyms } from '../../sources/pseudonyms/createPseudonyms.ts';
import { readPseudonymKey } from '../pseudonymKey.ts';
import { settingsOf, withData } from './options.ts';

export const pseudonymCommand = withData(
  new Command('pseudonym')
    .description('print the pseudonym of a user, or of each line of the standard input')
    .argument('[ids...]', 'ids as producers send them'),
)
  .addHelpText(
    'after',
    `
The key is that of the data directory, or MILLRACE_PSEUDONYM_KEY or MILLRACE_PSEUDONYM_KEY_FILE. Whoever has it finds every user
whose id is known: print it nowhere. From a pseudonym nobody gets back to an id.`,
  )
  .action(async (ids: readonly string[], options: Record<string, unknown>) => {
    const pseudonyms = createPseudonyms(readPseudonymKey(settingsOf(options), false));
    const given = ids.length > 0 ? ids : createInterface({ input: process.stdin });
    for await (const id of given) {
      if (id === '' || id.length > nameLengthMax || id.includes('\0')) {
        throw new EngineError(
          'CONFIGURATION_INVALID',
          `id: expected 1 to ${nameLengthMax} characters without U+0000, got ${id.length}`,
        );
      }
      console.log(pseudonyms.of(id));
    }
  });
