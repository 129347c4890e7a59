/** A column by days: its profiles, merged over partitions, with what can be done to profiles of either kind. */
import { readPlain } from '../../operators/state/plainData.ts';
import type { ColumnProfile } from '../../stats/drift/dataQuality.ts';
import {
  type NumberBins,
  numberBins,
  type TextBins,
  textBins,
} from '../../stats/drift/profileBins.ts';
import { binOf } from '../../stats/quantileSketch.ts';
import { binScore } from '../../stats/scoreBins.ts';
import { type NumberProfileState, numberProfile } from '../../stats/streaming/numberProfile.ts';
import { type TextProfileState, textProfile } from '../../stats/streaming/textProfile.ts';

export interface ProfiledColumn {
  readonly column: string;
  readonly role: 'prediction' | 'label' | 'input';
  readonly kind: ColumnProfile['kind'];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** By start of the day. */
  readonly days: ReadonlyMap<number, ColumnProfile>;
}

export type Bins =
  | ({ readonly kind: 'number' } & NumberBins)
  | ({ readonly kind: 'text' } & TextBins);

export function rowsOf({ kind, state }: ColumnProfile): number {
  return state.count + state.missing + (kind === 'number' ? state.notFinite : 0);
}

/** All of them together; undefined without any. */
export function pooled(
  { kind, parameters }: Pick<ProfiledColumn, 'kind' | 'parameters'>,
  profiles: readonly ColumnProfile[],
): ColumnProfile | undefined {
  if (profiles.length === 0) return undefined;
  const fold = (kind === 'number' ? numberProfile : textProfile).begin(parameters);
  const state = fold.initial();
  for (const profile of profiles) fold.merge?.(state, profile.state);
  return { kind, state } as ColumnProfile;
}

/** The states of partitions, as `writePlain` has them, merged. @throws EngineError SNAPSHOT_FOREIGN when one cannot be read */
export function profileOfStates(
  of: Pick<ProfiledColumn, 'kind' | 'parameters'>,
  states: readonly Uint8Array[],
): ColumnProfile {
  const parts = states.map(
    (state) => ({ kind: of.kind, state: readPlain(state) }) as ColumnProfile,
  );
  return pooled(of, parts)!;
}

/** Both are of one kind. */
export function commonBins(reference: ColumnProfile, current: ColumnProfile): Bins {
  if (reference.kind === 'number') return { kind: 'number', ...numberBins(reference.state) };
  return { kind: 'text', ...textBins(reference.state, current.state as TextProfileState) };
}

export function countsOf(bins: Bins, { state }: ColumnProfile): number[] {
  return bins.kind === 'number'
    ? bins.countsOf(state as NumberProfileState)
    : bins.countsOf(state as TextProfileState);
}

/** Probabilities as a column: from their counts by score bin, each within 1 %. */
export function profileOfScores(counts: ArrayLike<number>): ColumnProfile {
  const state = numberProfile.begin({}).initial() as NumberProfileState;
  const { bins, counts: sketched } = state.sketch;
  for (let score = 0; score < counts.length; score += 1) {
    const count = counts[score]!;
    if (count === 0) continue;
    const value = binScore(score);
    const bin = binOf(value);
    if (bins.at(-1) === bin) sketched[sketched.length - 1]! += count;
    else {
      bins.push(bin);
      sketched.push(count);
    }
    state.count += count;
    state.minimum = Math.min(state.minimum, value);
    state.maximum = Math.max(state.maximum, value);
  }
  return { kind: 'number', state };
}
