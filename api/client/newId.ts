/** A random id of 128 bits, also on pages without TLS, where `randomUUID` is absent. */

/** @returns 32 hexadecimal digits */
export function newId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
