/** What is learnt of one user, in numbers and in words that say no more than the numbers do. */
import type { Spread } from '../../models/preference/population.ts';
import { counted, figure } from '../words.ts';
import type { LikedValue } from './shelf.ts';

export interface ProfileValue {
  readonly value: string;
  /** Expected outcome beyond the usual, and its standard error. */
  readonly affinity: number;
  readonly standardError: number;
  /** Its parts: how all like the value, how the user likes everything, what is the user's own. */
  readonly population: number;
  readonly level: number;
  readonly own: number;
  /** Faded weight of the user's outcomes, and faded count of the times that the user had it. */
  readonly weight: number;
  readonly seen: number;
  /** ms since 1970; null when the user never had it. */
  readonly lastAt: number | null;
  /** A sentence. */
  readonly words: string;
}

export interface ProfilePreference {
  readonly name: string;
  /** Outcomes learnt. */
  readonly events: number;
  /** How much more the user likes everything than others do. */
  readonly level: number;
  /** A sentence. */
  readonly words: string;
  /** The best liked first. */
  readonly values: readonly ProfileValue[];
}

export interface PreferenceProfile {
  readonly user: string;
  readonly preferences: readonly ProfilePreference[];
}

export interface Learnt {
  readonly name: string;
  readonly spread: Spread;
  readonly events: number;
  readonly values: readonly LikedValue[];
}

/** Standard errors beyond which a difference is said to be one. */
const clear = 2;

export function profileOf(user: string, learnt: readonly Learnt[]): PreferenceProfile {
  return {
    user,
    preferences: learnt.map(({ name, spread, events, values }) => {
      const told = values.map((value) => profileValue(value, spread));
      return {
        ...{ name, events, values: told },
        level: told[0]?.level ?? 0,
        words: summaryOf(name, events, told),
      };
    }),
  };
}

function profileValue({ value, affinity, seen, lastAt }: LikedValue, spread: Spread): ProfileValue {
  const { mean, standardError, population, level, own, weight } = affinity;
  return {
    ...{ value, affinity: mean, standardError, population, level, own, weight, seen },
    lastAt: Number.isNaN(lastAt) ? null : lastAt,
    words: wordsOf(value, level + own, standardError, weight, spread),
  };
}

/** @param beyond the population's liking */
function wordsOf(
  value: string,
  beyond: number,
  standardError: number,
  weight: number,
  { level, own }: Spread,
): string {
  const size = `${signed(beyond)} ± ${figure(standardError)}`;
  if (weight === 0 && Math.abs(beyond) < clear * standardError) {
    return `Nothing is known of ${value}: assumed to be liked as by others.`;
  }
  if (Math.abs(beyond) < clear * standardError)
    return `Likes ${value} as others do (${size} beyond them).`;
  const deviation = Math.abs(beyond) / Math.sqrt(level + own);
  const degree = deviation > 1.5 ? 'much ' : deviation > 0.75 ? '' : 'a little ';
  return `Likes ${value} ${degree}${beyond > 0 ? 'more' : 'less'} than others do (${size} beyond them).`;
}

function summaryOf(name: string, events: number, values: readonly ProfileValue[]): string {
  if (events === 0) return `Nothing is known of this user's ${name}: answered as for everyone.`;
  const beyond = ({ level, own, standardError }: ProfileValue) => (level + own) / standardError;
  const named = (chosen: readonly ProfileValue[]) => chosen.slice(0, 3).map(({ value }) => value);
  const liked = named(values.filter((each) => beyond(each) >= clear));
  const disliked = named(values.filter((each) => beyond(each) <= -clear).toReversed());
  const parts = [
    ...(liked.length > 0 ? [`likes ${liked.join(', ')} more than others do`] : []),
    ...(disliked.length > 0 ? [`likes ${disliked.join(', ')} less`] : []),
  ];
  const found =
    parts.length > 0 ? parts.join(', ') : 'differs from others in nothing that is clear';
  return `From ${counted(events, 'outcome')}: ${found}.`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${figure(Math.abs(value))}`;
}
