/**
 * How often a user got an action lately, for caps: as far as this process has decided since its start.
 *
 * Bounded: the users that were least recently decided for are forgotten first.
 */
import type { Policy } from '../../contracts/policy.ts';

interface Got {
  readonly action: string;
  readonly at: number;
}

const usersMax = 200_000;
/** Of one user and policy. */
const gotMax = 1_000;

export class RecentActions {
  readonly #usersMax: number;
  /** By policy and user, the least recently touched first. */
  readonly #got = new Map<string, Got[]>();

  constructor(most: number = usersMax) {
    this.#usersMax = most;
  }

  /** @param at ms since 1970 */
  add(policy: string, user: string, action: string, at: number): void {
    const key = `${policy}\0${user}`;
    const got = this.#got.get(key) ?? [];
    got.push({ action, at });
    if (got.length > gotMax) got.shift();
    this.#got.delete(key);
    this.#got.set(key, got);
    if (this.#got.size > this.#usersMax) this.#got.delete(this.#got.keys().next().value!);
  }

  /** How often the user got the action within its cap's time; 0 for an action without a cap. */
  seen({ key, actions }: Policy, user: string, action: string, now: number): number {
    const cap = actions.find((each) => each.key === action)?.cap;
    if (cap === undefined) return 0;
    const got = this.#got.get(`${key}\0${user}`) ?? [];
    return got.filter((each) => each.action === action && each.at > now - cap.withinMs).length;
  }
}
