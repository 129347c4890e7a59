/** Passwords are argon2id with at least the parameters that are promised, two at a time. */
import { parseOptions, verify } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { hashOfNothing, hashPassword, isPassword } from '../../../control/access/passwords.ts';
import { keyForm, newKey, newPassword } from '../../../control/access/secrets.ts';

// Golden: the reference implementation in C, by argon2-cffi 25.1.0: password "correct horse", salt "somesaltsomesalt".
const golden =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$k9ohroejZy1PN5E1SbHNPug6vB8eQAahb5SOAp6iGF4';

test('the parameters are at least 19 MiB, two passes, one lane of argon2id', async () => {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(await hashPassword('x'));
  expect(algorithm).toBe(2);
  expect(memoryCost).toBeGreaterThanOrEqual(19_456);
  expect(timeCost).toBeGreaterThanOrEqual(2);
  expect(parallelism).toBe(1);
});

test('a hash of the reference implementation is taken', async () => {
  expect(await isPassword('correct horse', golden)).toBe(true);
  expect(await isPassword('correct horsf', golden)).toBe(false);
});

test('the right password is told from others, however its letters were composed', async () => {
  const hashed = await hashPassword('pässword with ﬁ');
  expect(hashed).not.toBe(await hashPassword('pässword with ﬁ'));
  expect(await isPassword('pa\u0308ssword with fi', hashed)).toBe(true);
  expect(await isPassword('password with fi', hashed)).toBe(false);
  expect(await isPassword('', hashed)).toBe(false);
  expect(await isPassword('x', 'no hash')).toBe(false);
});

test('where there is no account, a comparison takes as long', async () => {
  const nothing = hashOfNothing();
  // What a comparison costs is a function of these alone; and it is made: a hash that cannot be read would be rejected.
  expect(parseOptions(nothing)).toEqual(parseOptions(await hashPassword('some password')));
  expect(await verify(nothing, 'some password')).toBe(false);
});

test('a storm is let in two at a time, and beyond a queue told to come again', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => hashPassword('x')));
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(60 - 2 - 32);
  expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ code: 'OVERLOADED' });
  expect(await hashPassword('x')).toMatch(/^\$argon2id/); // all places are free again
});

test('what is made at random is long, and never twice', () => {
  const keys = new Set(Array.from({ length: 1_000 }, () => newKey().key));
  expect(keys.size).toBe(1_000);
  for (const key of keys) expect(key).toMatch(keyForm);
  expect(newPassword()).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
});
