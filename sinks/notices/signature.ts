/**
 * The signature of a webhook: `t=<unix s>,v1=<hex>`, HMAC-SHA-256 (RFC 2104) of the time, a full stop and the body.
 *
 * The time is signed, so that what somebody recorded cannot be sent again later.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** @param timeS seconds since 1970, a whole number */
export function sign(body: string | Uint8Array, secret: string, timeS: number): string {
  return `t=${timeS},v1=${digest(body, secret, String(timeS)).toString('hex')}`;
}

function digest(body: string | Uint8Array, secret: string, time: string): Buffer {
  return createHmac('sha256', secret).update(`${time}.`).update(body).digest();
}

export interface VerifyOptions {
  /** Seconds since 1970; by default now. */
  readonly nowS?: number;
  /** So far its time may lie from now, to either side. */
  readonly toleranceS?: number;
}

/**
 * Whether a body is as millrace sent it, and new: for whoever receives it. Compares in constant time.
 *
 * @param header of `millrace-signature`; of several values `v1`, as while a secret is changed, one has to fit
 * @param body   as it came, before anything has parsed it
 * @throws RangeError when the secret is empty: everybody could sign by it
 *
 * @example
 * const body = '{"version":1}';
 * const header = sign(body, 'secret', 1_700_000_000);
 * verifySignature(header, body, 'secret', { nowS: 1_700_000_060 }); // true
 * verifySignature(header, body, 'secret', { nowS: 1_700_000_400 }); // false: more than five minutes ago
 */
export function verifySignature(
  header: string | null | undefined,
  body: string | Uint8Array,
  secret: string,
  { nowS = Date.now() / 1_000, toleranceS = 300 }: VerifyOptions = {},
): boolean {
  if (secret === '') throw new RangeError('secret: expected at least one character, got none');
  const parts = (header ?? '').split(',').map((part) => part.trim().split('=', 2));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time) || Math.abs(nowS - Number(time)) > toleranceS) return false;
  const expected = digest(body, secret, time);
  let fits = false;
  for (const [name, value = ''] of parts) {
    if (name !== 'v1' || !/^[0-9a-f]{64}$/.test(value)) continue;
    if (timingSafeEqual(Buffer.from(value, 'hex'), expected)) fits = true;
  }
  return fits;
}
