/** `millrace key`: the keys by which programs are known, straight from the store. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Permission, permissions } from '../../contracts/access.ts';
import { EngineError } from '../../contracts/errors.ts';
import { readKeyUses } from '../../control/access/keyRows.ts';
import { giverNamed, withAccess } from '../withAccess.ts';
import { type StoreOptions, timeOf, withRecord } from './account.ts';
import { actorName, numberBetween, settingsOf, withData } from './options.ts';

const note = `
Works on the database itself: of a ClickHouse server at any time, of the embedded one while no engine runs on its directory.`;
const dayMs = 86_400_000;

function permissionsOf(text: string): Permission[] {
  const given = text.split(',').map((each) => each.trim());
  const unknown = given.filter((each) => !permissions.includes(each as Permission));
  if (unknown.length === 0) return [...new Set(given as Permission[])];
  throw new InvalidArgumentError(`expected some of ${permissions.join(', ')}, by commas`);
}

interface AddOptions extends StoreOptions {
  readonly may: Permission[];
  readonly days?: number;
}

const add = withRecord(new Command('add').description('make a key, and print it: it is shown once'))
  .argument('<name>', 'of the program, as it stands in the record', actorName)
  .addOption(
    new Option('--may <permissions>', `some of ${permissions.join(', ')}, by commas`)
      .argParser(permissionsOf)
      .makeOptionMandatory(),
  )
  .option(
    '--days <number>',
    'it expires after so many days (default: never)',
    numberBetween(1, 36_500),
  )
  .addHelpText('after', `${note}\n\nExample: millrace key add shop --may produce,decide --days 365`)
  .action((name: string, options: AddOptions) =>
    withAccess(settingsOf({ ...options }), async (book) => {
      const { may, days, actor, reason } = options;
      const expiresAt = days === undefined ? null : Date.now() + days * dayMs;
      const given = { name, permissions: may, scope: 'everywhere' as const, expiresAt };
      const { key } = await book.makeKey(given, giverNamed(actor, reason));
      console.log(key);
    }),
  );

const list = withData(new Command('list').description('show all keys'))
  .option('--json', 'print them as JSON')
  .addHelpText('after', note)
  .action((options: { json?: boolean }) =>
    withAccess(settingsOf({ ...options }), async (book, store) => {
      const uses = await readKeyUses(store);
      const rows = book.keys().map(({ id, prefix, principal, expiresAt, revokedAt, madeBy }) => ({
        ...{ prefix, name: principal.name, may: [...principal.permissions].join(',') },
        ...{ madeBy, expiresAt, revokedAt, lastUsedAt: uses.get(id) ?? null },
      }));
      if (options.json === true) return console.log(JSON.stringify(rows));
      if (rows.length === 0) return console.log('There is no key.');
      console.table(
        rows.map(({ expiresAt, revokedAt, lastUsedAt, ...row }) => ({
          ...row,
          expires: timeOf(expiresAt),
          revoked: timeOf(revokedAt),
          'last used': timeOf(lastUsedAt),
        })),
      );
    }),
  );

const revoke = withRecord(
  new Command('revoke').description(
    'revoke a key: for good, running engines heed it within a second',
  ),
)
  .argument('<prefix>', 'its beginning, mr_…')
  .addHelpText('after', note)
  .action((prefix: string, options: StoreOptions) =>
    withAccess(settingsOf({ ...options }), async (book) => {
      const id = prefix.replace(/^mr_/, '').split('_')[0]!;
      const revoked = await book.revokeKey(id, giverNamed(options.actor, options.reason));
      if (revoked === undefined) {
        throw new EngineError('CONFIGURATION_INVALID', `prefix: there is no key ${prefix}`);
      }
      console.log(`The key ${revoked.prefix} of ${revoked.principal.name} is revoked.`);
    }),
  );

export const keyCommand = new Command('key')
  .description('make and revoke keys of programs')
  .addCommand(add)
  .addCommand(list)
  .addCommand(revoke);
