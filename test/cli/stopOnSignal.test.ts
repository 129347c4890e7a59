import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { stopOnSignal } from '../../cli/stopOnSignal.ts';

function trial() {
  const said: string[] = [];
  let time = 0;
  const process = Object.assign(new EventEmitter(), {
    exit: (status: number) => said.push(`exit ${status}`),
  });
  const signal = stopOnSignal({
    process,
    now: () => time,
    onStop: () => said.push('stop'),
    onImpatience: () => said.push('impatience'),
  });
  return {
    signal,
    said,
    at(ms: number, name: 'SIGINT' | 'SIGTERM') {
      time = ms;
      process.emit(name);
    },
  };
}

test('the first signal asks for the end; what follows at once is the same wish', () => {
  const { signal, said, at } = trial();
  expect(signal.aborted).toBe(false);
  at(5_000, 'SIGINT');
  expect(signal.aborted).toBe(true);
  at(5_001, 'SIGINT');
  at(5_900, 'SIGINT');
  expect(said).toEqual(['stop']);
});

test('a later signal ends the process, whichever of the two it is', () => {
  const { said, at } = trial();
  at(0, 'SIGTERM');
  at(1_100, 'SIGINT');
  expect(said).toEqual(['stop', 'impatience', 'exit 1']);
});
