/** Figures and dates as words of a card, for people who know no statistics. */
import { figure } from '../../words.ts';

/** 0.041 reads "4.1 points", 0.01 "1 point"; of a negative one its size. */
export function points(share: number): string {
  const text = figure(Math.abs(share) * 100);
  return `${text} ${text === '1' ? 'point' : 'points'}`;
}

/** "between 2 and 6 points"; ends below 0 have their sign. */
export function pointsBetween(lower: number, upper: number): string {
  return `between ${signed(lower * 100)} and ${signed(upper * 100)} points`;
}

/** Three digits behind the point: losses differ by little. */
export function loss(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "12 November"; days are those of UTC. */
export function dateOf(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'long', timeZone: 'UTC' },
  });
}

/** "the newest day", "the newest 5 days" */
export function newestDays(count: number): string {
  return count === 1 ? 'the newest day' : `the newest ${count} days`;
}

/** "1 user", "1,204 users"; null reads "an unknown number of users". */
export function usersOf(count: number | null): string {
  if (count === null) return 'an unknown number of users';
  return `${count.toLocaleString('en')} ${count === 1 ? 'user' : 'users'}`;
}

/** Texts of people stand in quotation marks: “algebra”. */
export function quoted(text: string): string {
  return `“${text}”`;
}

function signed(value: number): string {
  const text = figure(Math.abs(value));
  return value < 0 && text !== '0' ? `−${text}` : text;
}
