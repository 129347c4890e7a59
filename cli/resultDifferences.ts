/** Where two results differ: a line for each figure, with both values. */

export interface Difference {
  /** Metric to which it belongs; null where it belongs to none. */
  readonly metric: string | null;
  /** Where it stands: `metrics[solved].comparisons[with].lnE.either`. */
  readonly field: string;
  /** undefined: absent. */
  readonly stored: unknown;
  readonly recomputed: unknown;
}

/** Members by which the entries of a list are told apart, in the order of preference. */
const names = ['segment', 'metric', 'variant', 'partition'] as const;

/**
 * @param stored     as JSON gives it
 * @param recomputed as JSON gives it
 * @returns in the order of the fields; empty when they are alike
 *
 * @example
 * resultDifferences({ metrics: [{ metric: 'a', arms: 1 }] }, { metrics: [{ metric: 'a', arms: 2 }] });
 * // [{ metric: 'a', field: 'metrics[a].arms', stored: 1, recomputed: 2 }]
 */
export function resultDifferences(stored: unknown, recomputed: unknown): Difference[] {
  const found: Difference[] = [];
  compare(found, '', null, stored, recomputed);
  return found;
}

function compare(
  found: Difference[],
  field: string,
  metric: string | null,
  stored: unknown,
  recomputed: unknown,
): void {
  if (Object.is(stored, recomputed)) return;
  if (Array.isArray(stored) && Array.isArray(recomputed)) {
    const [before, after] = [byName(stored), byName(recomputed)];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [a, b] = [before.get(name), after.get(name)];
      compare(found, `${field}[${name}]`, metricOf(a ?? b) ?? metric, a, b);
    }
    return;
  }
  if (isObject(stored) && isObject(recomputed)) {
    for (const key of new Set([...Object.keys(stored), ...Object.keys(recomputed)])) {
      const name = field === '' ? key : `${field}.${key}`;
      compare(found, name, metric, stored[key], recomputed[key]);
    }
    return;
  }
  found.push({ metric, field, stored, recomputed });
}

/** Entries by their name, or by their place where they have none. */
function byName(list: readonly unknown[]): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [i, entry] of list.entries()) {
    const own = isObject(entry) ? entry : {};
    const name = names.flatMap((each) => (each in own ? [`${own[each]}`] : [])).join(' ') || `${i}`;
    entries.set(entries.has(name) ? `${name} ${i}` : name, entry);
  }
  return entries;
}

function metricOf(entry: unknown): string | undefined {
  const name = isObject(entry) ? entry['metric'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
