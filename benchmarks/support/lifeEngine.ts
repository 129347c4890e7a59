/** An engine as a process of its own that ends itself where an event of model life, or a state of a training run, is written. */
import { startEngine } from '../../cli/engine.ts';
import { readSettings } from '../../contracts/settings.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { type Death, type LifeState, writtenStep } from './lifeSteps.ts';

const [data, given] = process.argv.slice(2);
const death = JSON.parse(given!) as Death | null;
/** So that a thread is at work on the step. */
const withinMs = 30;
const die = () => process.kill(process.pid, 'SIGKILL');

const engine = await startEngine({
  settings: readSettings(
    {},
    { data, port: 0, partitions: 2, epochMs: 60, checkpointMs: 150, pseudonyms: 'off' },
  ),
  say: () => {},
  makeStore(options) {
    const store = createStore(options);
    return {
      ...store,
      async insert(table, rows) {
        const isLast = death !== null && writtenStep(table, rows) === death.step;
        if (isLast && death.when === 'before') die();
        await store.insert(table, rows);
        if (isLast && death.when === 'after') die();
        if (isLast && death.when === 'within') setTimeout(die, withinMs);
      },
    };
  },
});

function state(): LifeState {
  const partitions = engine.dataPlane.partitions();
  const behind = partitions.reduce(
    (sum, each) => sum + engine.log!.end(each.partition) - each.committedOffset,
    0,
  );
  return { behind, served: engine.models!.inForce('answer') };
}

const ready = setInterval(() => {
  const partitions = engine.dataPlane.partitions();
  if (!partitions.every((each) => each.state === 'running')) return;
  clearInterval(ready);
  process.send?.({ url: engine.url });
}, 2);
process.on('message', (message) => {
  if (message === 'state?') process.send?.({ state: state() });
  if (message === 'stop') engine.stop().then(() => process.exit(0));
});
// The parent is gone: so is the reason to run.
process.on('disconnect', () => process.exit(1));
