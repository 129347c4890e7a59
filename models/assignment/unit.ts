/** What is assigned: a user, or a cluster such as a class, by its id; as text and as UTF-8, encoded once for all hashes. */
import type { Attributes } from '../../contracts/attributes.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import type { Experiment } from '../../contracts/experiment.ts';

export interface Unit {
  text: string;
  /** UTF-8 of `text`, in the first `length` bytes. */
  readonly bytes: Uint8Array;
  length: number;
}

const encoder = new TextEncoder();

/** A place for one unit at a time. */
export function emptyUnit(): Unit {
  return { text: '', bytes: new Uint8Array(3 * nameLengthMax), length: 0 };
}

/**
 * Puts an id in its place. Half of a surrogate pair is encoded as U+FFFD, as UTF-8 has no other way.
 *
 * @throws RangeError when the id is empty or longer than a name may be
 */
export function takeUnit(unit: Unit, id: string): void {
  const units = id.length;
  if (units === 0 || units > nameLengthMax) {
    throw new RangeError(`unit: expected 1 to ${nameLengthMax} characters, got ${units}`);
  }
  unit.text = id;
  const { bytes } = unit;
  for (let i = 0; i < units; i += 1) {
    const code = id.charCodeAt(i);
    if (code >= 0x80) {
      unit.length = encoder.encodeInto(id, bytes).written;
      return;
    }
    bytes[i] = code;
  }
  unit.length = units;
}

/**
 * The id that an experiment assigns for a user: the user's own, or the value of the attribute that names the cluster.
 *
 * @returns undefined when the attribute is absent or is no id; such a user cannot enter
 */
export function unitOf(
  { unit }: Pick<Experiment, 'unit'>,
  user: string,
  attributes: Attributes,
): string | undefined {
  const id = unit === 'user' ? user : readAttribute(attributes, unit);
  const text = typeof id === 'number' && Number.isFinite(id) ? String(id) : id;
  return typeof text === 'string' && text !== '' && text.length <= nameLengthMax ? text : undefined;
}

/** An attribute by its name, or by names joined by dots when it lies deeper; undefined when there is none. */
export function readAttribute(attributes: Attributes, name: string): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  if (!name.includes('.')) return undefined;
  let value: unknown = attributes;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
