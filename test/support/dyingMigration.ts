/** A process that migrates a database and dies without a word before or after one of its statements. */
import { migrate } from '../../sinks/clickhouse/migrate.ts';
import { createStore, type StoreOptions } from '../../sinks/clickhouse/store.ts';

export interface Death {
  readonly access: StoreOptions;
  /** Counted from 0; the process lives on when there are fewer. */
  readonly statement: number;
  readonly when: 'before' | 'after';
}

const { access, statement, when } = JSON.parse(process.argv[2]!) as Death;
const store = createStore(access);
let count = 0;

function mortal<Arguments extends unknown[]>(run: (...given: Arguments) => Promise<void>) {
  return async (...given: Arguments) => {
    const last = count === statement;
    count += 1;
    if (last && when === 'before') process.kill(process.pid, 'SIGKILL');
    await run(...given);
    if (last) process.kill(process.pid, 'SIGKILL');
  };
}

await migrate({ ...store, define: mortal(store.define), command: mortal(store.command) });
await store.close();
