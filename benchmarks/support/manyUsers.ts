/** Answers of many users, so that state is large: user after user, in rounds, each round an item of another skill. */

/**
 * @param n number of the answer, from 0
 * @param startAt time of answer 0, ms since 1970; each is 2 ms after the one before
 */
export function answerOf(n: number, users: number, startAt: number): string {
  const user = n % users;
  const round = Math.floor(n / users);
  const item = (Math.imul(user, 2654435761) >>> 8) % 5_000;
  const time = new Date(startAt + n * 2).toISOString();
  return (
    `{"id":"answer-${n}","type":"answered","time":"${time}","user":"${userOf(n, users)}",` +
    `"item":"item-${(item + round) % 5_000}","value":${(user + round) & 1},` +
    `"context":{"skill":"skill-${(item + round * 7) % 200}"}}`
  );
}

/** Whose answer it is. */
export function userOf(n: number, users: number): string {
  return `student-${n % users}`;
}
