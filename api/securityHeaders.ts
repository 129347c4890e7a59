/** Headers that keep a browser from doing more with an answer than was meant. */
import { createHash } from 'node:crypto';

/** Of an answer that is data: no page comes of it, whatever it holds. Few, because each costs a request something. */
export const dataHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Of all else. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': contentSecurityPolicy(''),
};

/** A year: who reaches the engine by https shall never reach it without. */
const transport = 'max-age=31536000';

/** @param origins under which others reach it */
export function transportHeaders(origins: readonly string[]): Readonly<Record<string, string>> {
  const isSecure = origins.length > 0 && origins.every((origin) => origin.startsWith('https:'));
  return isSecure ? { 'strict-transport-security': transport } : {};
}

/**
 * Scripts of this server only; styles inline as well, because components position themselves that way; pictures that a
 * chart made of itself.
 *
 * @param page HTML whose own inline scripts may run, told by their hashes
 */
export function contentSecurityPolicy(page: string): string {
  const scripts = inlineScripts(page).map(
    (text) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    "default-src 'self'",
    `script-src 'self'${scripts.join('')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function inlineScripts(page: string): string[] {
  const scripts = page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi);
  return [...scripts].map((match) => match[1]!).filter((text) => text !== '');
}
