/** `millrace account`: who may sign in, straight from the store: also when nobody can sign in any more. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { roleNames } from '../../contracts/access.ts';
import { Login } from '../../contracts/accessApi.ts';
import {
  changeAccount,
  endSessions,
  makeAccount,
  resetPassword,
} from '../../control/access/changeAccounts.ts';
import { readSignIns } from '../../control/access/sessionRows.ts';
import { accountNamed, giverNamed, taken, withAccess } from '../withAccess.ts';
import { actorName, settingsOf, withData } from './options.ts';

const note = `
Works on the database itself: of a ClickHouse server at any time, of the embedded one while no engine runs on its directory.`;

type RoleOf = (typeof roleNames)[number];

export interface StoreOptions {
  readonly data?: string;
  readonly actor?: string;
  readonly reason: string;
}

/** Who does it, and why. */
export function withRecord(command: Command): Command {
  return withData(command)
    .option('--reason <text>', 'why, for the record', '')
    .addOption(
      new Option('--actor <name>', 'who does it, for the record').argParser((text: string) =>
        actorName(text),
      ),
    );
}

function loginOf(text: string): string {
  // It is the name as well, unless another is given.
  if (Login.safeParse(text).success) return actorName(text);
  throw new InvalidArgumentError('expected 1 to 100 letters, digits, ".", "_", "-" or "@"');
}

const login = () => new Argument('<login>', 'with which somebody signs in').argParser(loginOf);

const add = withRecord(new Command('add').description('make an account, and print its password'))
  .addArgument(login())
  .addOption(
    new Option('--name <name>', 'as it stands in the record (default: the login)').argParser(
      actorName,
    ),
  )
  .addOption(new Option('--role <role>', 'what it may do').choices(roleNames).makeOptionMandatory())
  .addHelpText('after', `${note}\n\nExample: millrace account add ada --name "Ada" --role admin`)
  .action((given: string, options: StoreOptions & { name?: string; role: RoleOf }) => {
    const { name = given, role, actor, reason } = options;
    const account = { login: given, name, role, scope: 'everywhere' as const };
    return withAccess(settingsOf({ ...options }), async (book) => {
      const { written, password } = await makeAccount(book, account, giverNamed(actor, reason));
      const made = taken(written);
      console.log(
        `${made.login} may sign in as ${made.role}, with this password, to be changed then:`,
      );
      console.log(password);
    });
  });

const list = withData(new Command('list').description('show all accounts'))
  .option('--json', 'print them as JSON')
  .addHelpText('after', note)
  .action((options: { json?: boolean }) =>
    withAccess(settingsOf({ ...options }), async (book, store) => {
      const signIns = await readSignIns(store);
      const rows = book.accounts().map(({ id, login: of, name, role, isActive, scope }) => ({
        ...{ login: of, name, role, isActive, scope },
        lastSignInAt: signIns.get(id) ?? null,
      }));
      if (options.json === true) console.log(JSON.stringify(rows));
      else if (rows.length === 0) console.log('Nobody has an account.');
      else console.table(rows.map((row) => ({ ...row, lastSignInAt: timeOf(row.lastSignInAt) })));
    }),
  );

const reset = withRecord(
  new Command('reset-password').description('print a new password; sessions of the account end'),
)
  .addArgument(login())
  .addHelpText('after', note)
  .action((given: string, options: StoreOptions) =>
    withAccess(settingsOf({ ...options }), async (book) => {
      const { id } = accountNamed(book, given);
      const giver = giverNamed(options.actor, options.reason);
      const { written, password } = await resetPassword(book, id, giver);
      console.log(`${taken(written).login} signs in with this password, to be changed then:`);
      console.log(password);
    }),
  );

const switchOff = withRecord(
  new Command('switch-off').description('nobody signs in with it any more; its sessions end'),
)
  .addArgument(login())
  .option('--on', 'switch it on again')
  .addHelpText('after', note)
  .action((given: string, options: StoreOptions & { on?: boolean }) =>
    withAccess(settingsOf({ ...options }), async (book) => {
      const { id, name, role, scope, revision } = accountNamed(book, given);
      const isActive = options.on === true;
      const change = { name, role, scope, isActive, revision };
      const giver = giverNamed(options.actor, options.reason);
      const changed = taken(await changeAccount(book, id, change, giver));
      console.log(`${changed.login} is switched ${isActive ? 'on' : 'off'}.`);
    }),
  );

const signOut = withRecord(new Command('sign-out').description('end all sessions of an account'))
  .addArgument(login())
  .addHelpText('after', note)
  .action((given: string, options: StoreOptions) =>
    withAccess(settingsOf({ ...options }), async (book) => {
      const { id } = accountNamed(book, given);
      const giver = giverNamed(options.actor, options.reason);
      console.log(`${taken(await endSessions(book, id, giver)).login} is signed out everywhere.`);
    }),
  );

export const accountCommand = new Command('account')
  .description('make accounts of people, and help those who cannot sign in')
  .addCommand(add)
  .addCommand(list)
  .addCommand(reset)
  .addCommand(switchOff)
  .addCommand(signOut);

export function timeOf(at: number | null): string {
  return at === null ? 'never' : new Date(at).toISOString();
}
