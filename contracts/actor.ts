/**
 * Who does something, by name: what a request says of itself, in the header `Millrace-Actor`. It is believed as it is given, and
 * stands in the record; it gives no right.
 */

export const actorHeader = 'millrace-actor';
/** Without the header: without API keys whoever reaches the engine is its administrator. */
export const unnamedActor = 'administrator';
export const actorLengthMax = 100;

/** Acts of the engine and of the synthetic campus are told from those of people by these names. */
export const reservedActors: readonly string[] = ['engine', 'campus'];

/** Control and format characters, halves of surrogate pairs, separators of lines. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

/** As a header has it: any letters, those beyond ASCII percent-encoded. */
export function encodeActor(name: string): string {
  return encodeURIComponent(name.trim());
}

/** @returns the name, or what is wrong with it as `expected …, got …` */
export function readActor(
  header: string,
): { readonly name: string } | { readonly problem: string } {
  let name: string;
  try {
    name = decodeURIComponent(header).trim();
  } catch {
    return { problem: 'expected UTF-8 with percent-encoding, got a broken sequence' };
  }
  const { length } = [...name];
  if (length === 0 || length > actorLengthMax) {
    return { problem: `expected 1 to ${actorLengthMax} characters, got ${length}` };
  }
  if (unprintable.test(name)) return { problem: 'expected printable characters, got others' };
  if (reservedActors.includes(name.normalize('NFKC').toLowerCase())) {
    return { problem: `expected the name of a person, got "${name}", which is the engine's own` };
  }
  return { name };
}
