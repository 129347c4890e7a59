/**
 * Attributes as a vector: the same numbers wherever and whenever they are made.
 *
 * A category goes into {@link places} buckets of its field by MurmurHash3 of its UTF-8 (seeded by the field's name), with signs by
 * other bits, so that what collides cancels on average. With one bucket a category, four categories in eight buckets were told
 * apart in 2 of 3 fields; with three they are in 99 of 100 (test `featureEncoder`). A category's numbers have the length 1, those
 * of a list 1 / √length for each element.
 *
 * Source: Weinberger et al. 2009, "Feature hashing for large scale multitask learning" (the sign, several buckets).
 */
import type { Attributes } from '../../contracts/attributes.ts';
import { type Bytes, bytesOf } from '../../contracts/bytes.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import { type Feature, type FeatureSet, sizeOf, widthOf } from '../../contracts/featureSet.ts';
import { mix, murmur3 } from '../../contracts/hash.ts';
import { readAttribute } from '../assignment/unit.ts';

export interface FeatureEncoder {
  /** Numbers of a vector. */
  readonly size: number;
  /** What each number is; of a bucket only its field and number. */
  readonly names: readonly string[];
  /**
   * @param into takes `size` numbers, all finite
   * @throws RangeError when a field that must be there is absent or unfit
   */
  encode(attributes: Attributes, into: Float64Array): void;
  /** The names again, with the values that these attributes have put into the buckets. */
  namesFor(attributes: Attributes): string[];
}

/**
 * Which encoding it is: stands in the design under which sums are kept, so that sums over other numbers are never mixed with
 * these. Raise it with any change of what `encode` fills (golden test).
 *
 * 1: one bucket a category. 2: three.
 */
export const encoderVersion = 2;

const encoder = new TextEncoder();
const buffer: Bytes = bytesOf(new Uint8Array(3 * nameLengthMax));
const seed = 0x6665_6174;
/** Buckets of a category, where its field has so many: all different. */
const places = 3;
/** Of the category that was hashed last. */
const placed = new Int32Array(places);

interface Prepared {
  readonly feature: Feature;
  /** Where its numbers begin. */
  readonly at: number;
  /** Where its indicator is; −1 when it has none. */
  readonly indicatorAt: number;
  readonly seed: number;
}

/** Prepares a set, checked by its schema. */
export function featureEncoder(set: FeatureSet): FeatureEncoder {
  const names: string[] = set.bias ? ['bias'] : [];
  const prepared = set.features.map((feature): Prepared => {
    const at = names.length;
    const { field } = feature;
    if (feature.kind === 'numeric') names.push(field);
    else for (let i = 0; i < feature.buckets; i += 1) names.push(`${field} #${i}`);
    const hasIndicator = names.length < at + widthOf(feature);
    const indicatorAt = hasIndicator ? names.length : -1;
    if (hasIndicator) names.push(`${field} is missing`);
    return { feature, at, indicatorAt, seed: hashOf(field, seed) };
  });

  return {
    size: sizeOf(set),
    names,
    encode(attributes, into) {
      into.fill(0);
      if (set.bias) into[0] = 1;
      for (const each of prepared) {
        const value = readAttribute(attributes, each.feature.field);
        if (put(each, value, into)) continue;
        if (each.feature.missing === 'refuse') refuse(each.feature, value);
        if (each.indicatorAt >= 0) into[each.indicatorAt] = 1;
      }
    },
    namesFor(attributes) {
      const named = [...names];
      for (const { feature, at, seed: fieldSeed } of prepared) {
        if (feature.kind !== 'categorical') continue;
        const values = new Map<number, string[]>();
        for (const text of textsOf(readAttribute(attributes, feature.field))) {
          const count = findPlaces(hashOf(text, fieldSeed), feature.buckets);
          for (let i = 0; i < count; i += 1) {
            const place = at + placed[i]!;
            values.set(place, [...(values.get(place) ?? []), text]);
          }
        }
        for (const [place, texts] of values)
          named[place] = `${feature.field} = ${texts.join(', ')}`;
      }
      return named;
    },
  };
}

/** @returns false when the value is none of the feature's */
function put(
  { feature, at, seed: fieldSeed }: Prepared,
  value: unknown,
  into: Float64Array,
): boolean {
  if (feature.kind === 'numeric') {
    const number = typeof value === 'boolean' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) return false;
    const { centre, scale, clip } = feature;
    into[at] = Math.min(clip, Math.max(-clip, (number - centre) / scale));
    return true;
  }
  if (typeof value === 'string') {
    if (value === '' || value.length > nameLengthMax) return false;
    putCategory(hashOf(value, fieldSeed), feature.buckets, at, 1, into);
    return true;
  }
  const texts = textsOf(value);
  const share = 1 / Math.sqrt(texts.length);
  for (const text of texts) {
    putCategory(hashOf(text, fieldSeed), feature.buckets, at, share, into);
  }
  return texts.length > 0;
}

function putCategory(
  hash: number,
  buckets: number,
  at: number,
  share: number,
  into: Float64Array,
): void {
  const count = findPlaces(hash, buckets);
  const each = share / Math.sqrt(count);
  const signs = mix(hash, 1);
  for (let i = 0; i < count; i += 1) {
    into[at + placed[i]!]! += ((signs >>> i) & 1) === 0 ? each : -each;
  }
}

/** Fills `placed` with different buckets, ascending. @returns their number */
function findPlaces(hash: number, buckets: number): number {
  const count = Math.min(places, buckets);
  for (let i = 0; i < count; i += 1) {
    // One of those that are left, counted past the smaller ones that are taken.
    let place = (i === 0 ? hash : mix(hash, 1 + i)) % (buckets - i);
    let j = i;
    for (let k = 0; k < i; k += 1) if (place >= placed[k]!) place += 1;
    for (; j > 0 && placed[j - 1]! > place; j -= 1) placed[j] = placed[j - 1]!;
    placed[j] = place;
  }
  return count;
}

/** The categories of a value: itself, or the elements of a list; numbers and booleans as text. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value))
    return (value as unknown[]).flatMap((each) => (Array.isArray(each) ? [] : textsOf(each)));
  if (typeof value === 'string') return value === '' || value.length > nameLengthMax ? [] : [value];
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return [String(value)];
  }
  return [];
}

function hashOf(text: string, from: number): number {
  const { written } = encoder.encodeInto(text, buffer.bytes);
  return murmur3(buffer, 0, written, from);
}

function refuse({ kind, field }: Feature, value: unknown): never {
  const wanted = kind === 'numeric' ? 'a number' : 'a category or a list of them';
  const got = typeof value === 'object' ? JSON.stringify(value)?.slice(0, 100) : String(value);
  throw new RangeError(`${field}: expected ${wanted}, got ${got}`);
}
