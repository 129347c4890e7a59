/** Names of people on their way through a header. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorLengthMax, encodeActor, readActor, reservedActors } from '../../contracts/actor.ts';
import { engineActor } from '../../control/experiments/evaluateRegistered.ts';

test('whatever can be printed comes back as it was, in letters that a header may have', () => {
  const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(letters, (text) => {
      const name = text.trim();
      fc.pre(name !== '' && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name));
      fc.pre(!reservedActors.includes(name.toLowerCase()));
      expect(encodeActor(text)).toMatch(/^[\x21-\x7e]+$/);
      expect(readActor(encodeActor(text))).toEqual({ name });
    }),
  );
  expect(readActor('Maria Klein')).toEqual({ name: 'Maria Klein' });
  expect(readActor(encodeActor('  李 明 '))).toEqual({ name: '李 明' });
});

test.each([
  ['', 'got 0'],
  ['%20', 'got 0'],
  ['x'.repeat(actorLengthMax + 1), 'got 101'],
  ['100 %', 'broken'],
  ['a%0Ab', 'printable'],
  ['a%E2%80%AEb', 'printable'],
  ['Engine', "the engine's own"],
  [encodeActor('ｅngine'), "the engine's own"],
])('%j is refused: %s', (header, why) => {
  expect(readActor(header)).toEqual({ problem: expect.stringContaining(why) });
});

test('nobody can act under the name of the engine', () => {
  expect(reservedActors).toContain(engineActor);
});
