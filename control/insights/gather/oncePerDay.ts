/** What is costly to gather, and judged by whole days, is gathered once in each day of event time. */
import type { FactMoment } from '../factSources.ts';

const dayMs = 86_400_000;

interface Kept {
  readonly day: number;
  readonly value: Promise<unknown>;
}

/** By sources. */
const kept = new WeakMap<object, Map<string, Kept>>();

/**
 * The value of this day of event time; what fails is tried again by who asks next.
 *
 * @param sources as long as they live it is kept
 * @param name of what is gathered, with the key where there are several: one value of each name is kept
 *
 * @example
 * const labels = await oncePerDay(sources, moment, `labels ${model}`, () => readLabels(sources, model));
 */
export function oncePerDay<Value>(
  sources: object,
  { eventTime }: Pick<FactMoment, 'eventTime'>,
  name: string,
  gather: () => Promise<Value>,
): Promise<Value> {
  const day = Math.floor(eventTime / dayMs);
  const own = kept.get(sources) ?? new Map<string, Kept>();
  kept.set(sources, own);
  const before = own.get(name);
  if (before?.day === day) return before.value as Promise<Value>;
  const value = gather();
  own.set(name, { day, value });
  value.catch(() => {
    if (own.get(name)?.value === value) own.delete(name);
  });
  return value;
}
