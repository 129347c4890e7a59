/**
 * Preloaded (`node --import`), it gives a process and its children a wrong clock: the time of day is off by as many
 * milliseconds as the file CLOCK_FILE says, also when that changes. The steady clock stays as it is, as on a machine whose time
 * is set.
 */
import { readFileSync } from 'node:fs';

const file = process.env['CLOCK_FILE'];
if (file !== undefined) shiftClock(file);

function shiftClock(path: string): void {
  const RealDate = Date;
  let shift = Number(readFileSync(path, 'utf8'));
  setInterval(() => {
    const read = readFileSync(path, 'utf8');
    if (read !== '') shift = Number(read); // empty while it is written
  }, 50).unref();
  const now = () => RealDate.now() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, made) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
