/**
 * Passwords of people, hashed by argon2id: slow and with memory, so that trying many is dear.
 *
 * Source: Biryukov, Dinu & Khovratovich 2016 (RFC 9106). Parameters: OWASP Password Storage Cheat Sheet, the least that it takes
 * (19 MiB, two passes, one lane). A hash takes some ten ms of a thread apart; two at a time, so that a storm of sign-ins leaves the
 * machine to others, and some wait.
 */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { EngineError } from '../../contracts/errors.ts';

/** KiB, passes, lanes. Algorithm 2 is argon2id. */
export const passwordParameters = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

const atOnce = 2;
const waitingMax = 32;

let running = 0;
const waiting: (() => void)[] = [];

/** @throws EngineError OVERLOADED when too many wait */
async function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) {
    if (waiting.length >= waitingMax) {
      throw new EngineError('OVERLOADED', 'Too many sign in at this moment.');
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await task();
  } finally {
    // The place goes on to who waits first.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** Keyboards compose letters in several ways: the same letters are the same password. */
const composed = (password: string) => password.normalize('NFKC');

/** @returns with salt and parameters, in PHC form. @throws EngineError OVERLOADED */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(composed(password), passwordParameters));
}

/** @throws EngineError OVERLOADED */
export function isPassword(password: string, hashed: string): Promise<boolean> {
  return inTurn(() => verify(hashed, composed(password)).catch(() => false));
}

/** Of no password: what is compared where there is no account, so that the answer takes as long. */
export function hashOfNothing(): string {
  const { memoryCost, timeCost, parallelism } = passwordParameters;
  const bytes = (count: number) => randomBytes(count).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${bytes(16)}$${bytes(32)}`;
}
