/** `millrace migrate`: brings the database schema up to date, or says what is pending. */
import { Command } from 'commander';
import { migrate, pendingMigrations } from '../../sinks/clickhouse/migrate.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { openDatabase } from '../database.ts';
import { settingsOf, withData } from './options.ts';

export const migrateCommand = withData(
  new Command('migrate').description('bring the database schema up to date; start does it as well'),
)
  .option('--dry-run', 'only name what is pending')
  .action(async (options: Record<string, unknown>) => {
    const settings = settingsOf(options);
    const database = await openDatabase(settings, () => undefined);
    const store = createStore(database.access);
    try {
      if (options['dryRun'] === true) {
        const pending = (await pendingMigrations(store)).map(({ name }) => name);
        console.log(
          pending.length === 0 ? 'Nothing is pending.' : `Pending: ${pending.join(', ')}`,
        );
      } else {
        const { applied, version } = await migrate(store);
        const done = applied.length === 0 ? 'nothing to do' : `applied ${applied.join(', ')}`;
        console.log(`Schema version ${version}: ${done}.`);
      }
    } finally {
      await store.close();
      await database.close();
    }
  });
