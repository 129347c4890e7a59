/**
 * Secrets that the engine makes: keys of programs, what cookies of sessions hold, passwords that are shown once.
 *
 * They are random to at least 100 bits, so a plain SHA-256 of them can be stored and looked up: nobody finds them by trying. What
 * people choose is another matter (`passwords.ts`).
 */
import { createHmac, hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;
export const keyPrefix = 'mr_';

/** `mr_`, the id of the key, and 256 random bits in base64url. */
export const keyForm = /^mr_([a-z0-9]{12})_([\w-]{43})$/;
/** What a cookie holds: 256 random bits in base64url. */
export const sessionForm = /^[\w-]{43}$/;

/** SHA-256, hexadecimal. About a microsecond. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

export interface NewKey {
  readonly id: string;
  readonly key: string;
  /** By which its owner knows it. */
  readonly prefix: string;
}

const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Without those that are taken for another. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

export function newKey(): NewKey {
  const id = drawn(lower, 12);
  const prefix = `${keyPrefix}${id}`;
  return { id, prefix, key: `${prefix}_${newSessionToken()}` };
}

export function newSessionToken(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** Four groups of five letters and digits: 99 bits. */
export function newPassword(): string {
  return Array.from({ length: 4 }, () => drawn(readable, 5)).join('-');
}

/** What pages send back with what they change: bound to the session, and worth nothing without its cookie. */
export function csrfOf(token: string): string {
  return createHmac('sha256', token).update('millrace-csrf').digest('base64url');
}

/** In a time that does not tell where they differ. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(
    Buffer.from(hashSecret(given), 'hex'),
    Buffer.from(hashSecret(expected), 'hex'),
  );
}

function drawn(letters: string, count: number): string {
  return Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
}
