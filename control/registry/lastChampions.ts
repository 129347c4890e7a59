/** The versions that were champion last, so that somebody may go back to them. */
import type { KnownModel } from './modelRegistry.ts';

/** Their files are kept, whatever else is deleted. */
export const championsKept = 5;

/** @returns names, the present one first; each once */
export function lastChampions({ served }: Pick<KnownModel, 'served'>, count: number): string[] {
  const names = new Set<string>();
  for (let i = served.length - 1; i >= 0 && names.size < count; i -= 1) {
    names.add(served[i]!.serving.champion.version);
  }
  return [...names];
}
