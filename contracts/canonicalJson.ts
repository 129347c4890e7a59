/**
 * One text for each JSON value, whatever the order of keys in which it was written: what is hashed.
 *
 * Source: RFC 8785, JSON Canonicalization Scheme.
 */

/**
 * Keys sorted by UTF-16 code units, no space, numbers and strings as ECMAScript writes them. A key whose value is undefined
 * is left out.
 *
 * @throws TypeError for what JSON cannot hold: NaN, infinities, functions, undefined in a list, half of a surrogate pair
 *
 * @example
 * canonicalJson({ b: 1.0, a: [true, null] }); // '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`value: expected finite, got ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!isWellFormed(value)) throw new TypeError('value: expected text of whole characters');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`value: expected JSON, got ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function isWellFormed(text: string): boolean {
  // With `u`, a surrogate matches only when it stands alone.
  return !/[\ud800-\udfff]/u.test(text);
}
