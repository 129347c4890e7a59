/** A dead letter as the API shows it. */
import type { Content, DeadLetter } from '../contracts/api.ts';
import type { StoredLetter } from '../contracts/storedLetter.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text says the same bytes, or it is not used. */
export function contentOf(bytes: Uint8Array): Content {
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

export function letterView({ bytes, key, headers, ...letter }: StoredLetter): DeadLetter {
  return {
    ...letter,
    bytes: contentOf(bytes),
    key: key === null ? null : contentOf(key),
    headers: headers.map(([name, value]) => ({ name, value: contentOf(value) })),
  };
}
