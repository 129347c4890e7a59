/** An engine as a process of its own that a crash test starts, watches over IPC and kills. */
import { startEngine } from '../../cli/engine.ts';
import { readSettings } from '../../contracts/settings.ts';
import { withoutTriggers } from './trialVersions.ts';

const [data, step, after] = process.argv.slice(2);
const engine = await startEngine({
  settings: readSettings(
    {},
    { data, port: 0, partitions: 2, epochMs: 60, checkpointMs: 150, pseudonyms: 'off' },
  ),
  say: () => {},
  workerEntry: new URL('./crashWorker.js', import.meta.url),
  workerExtra: { crash: { step: step === '' ? null : step, after: Number(after) } },
});
await withoutTriggers(engine);
const ready = setInterval(() => {
  const partitions = engine.dataPlane.partitions();
  if (!partitions.every((each) => each.state === 'running')) return;
  clearInterval(ready);
  process.send?.({ ready: true, url: engine.url, clickhousePid: engine.clickhousePid() });
}, 2);
process.on('message', (message) => {
  if (message === 'settled?') {
    const behind = engine.dataPlane
      .partitions()
      .reduce((sum, each) => sum + engine.log!.end(each.partition) - each.committedOffset, 0);
    process.send?.({ behind });
  }
  if (message === 'stop') engine.stop().then(() => process.exit(0));
});
// The parent is gone: so is the reason to run.
process.on('disconnect', () => process.exit(1));
