/** Whether a file was made for the features that a model has here, as far as it says. */
import type { ModelFeature } from '../../contracts/modelVersion.ts';
import { counted } from '../words.ts';

export interface ToldFeature {
  readonly name: string;
  /** Undefined when the file does not say. */
  readonly kind: string | undefined;
}

/** Undefined when they are not named, or not so that it can be read: files from elsewhere write what they like. */
export function toldFeatures(text: string | undefined): readonly ToldFeature[] | undefined {
  if (text === undefined) return undefined;
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(list)) return undefined;
  const told = list.map((each: unknown): ToldFeature | undefined => {
    if (typeof each === 'string') return { name: each, kind: undefined };
    const { name, kind } = (each ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string') return undefined;
    return { name, kind: typeof kind === 'string' ? kind : undefined };
  });
  return told.every((each) => each !== undefined) ? told : undefined;
}

/** The first thing in which they differ; undefined when they do not. */
export function differenceOfFeatures(
  told: readonly ToldFeature[],
  wanted: readonly ModelFeature[],
): string | undefined {
  if (told.length !== wanted.length) {
    return `The file names ${counted(told.length, 'feature')}; the model has ${wanted.length}`;
  }
  const at = wanted.findIndex(({ name }, i) => told[i]!.name !== name);
  if (at >= 0) {
    const names = new Set(wanted.map(({ name }) => name));
    const isReordered = told.every(({ name }) => names.has(name));
    const what = isReordered ? 'has the features in another order' : 'was made for other features';
    return `The file ${what}: the ${ordinal(at + 1)} is ${told[at]!.name} there and ${wanted[at]!.name} here`;
  }
  const other = wanted.findIndex(
    ({ kind }, i) => told[i]!.kind !== undefined && told[i]!.kind !== kind,
  );
  if (other < 0) return undefined;
  const { name, kind } = wanted[other]!;
  return `The file takes ${name} for ${told[other]!.kind}; here it is ${kind}`;
}

function ordinal(place: number): string {
  const isTeen = place % 100 >= 11 && place % 100 <= 13;
  return `${place}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')}`;
}
