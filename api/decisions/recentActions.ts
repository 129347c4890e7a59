/**
 * How often a user got an action lately, for caps: as far as this process has decided since its start.
 *
 * Bounded: of an action as many times as its cap counts are kept, and the users that were least recently decided for are
 * forgotten first.
 */
import type { Action, Policy } from '../../contracts/policy.ts';

const usersMax = 200_000;

export class RecentActions {
  readonly #usersMax: number;
  /** By policy and user, the least recently touched first; of an action when the user got it, ms, the latest last. */
  readonly #got = new Map<string, Map<string, number[]>>();

  constructor(most: number = usersMax) {
    this.#usersMax = most;
  }

  /** An action without a cap leaves nothing. @param at ms since 1970 */
  add({ key, actions }: Policy, user: string, action: string, at: number): void {
    const cap = capOf(actions, action);
    if (cap === undefined) return;
    const name = `${key}\0${user}`;
    const got = this.#got.get(name) ?? new Map<string, number[]>();
    got.set(action, [...(got.get(action) ?? []), at].slice(-cap.times));
    this.#got.delete(name);
    this.#got.set(name, got);
    if (this.#got.size > this.#usersMax) this.#got.delete(this.#got.keys().next().value!);
  }

  forget(user: string): void {
    const end = `\0${user}`;
    for (const name of this.#got.keys()) if (name.endsWith(end)) this.#got.delete(name);
  }

  /** How often the user got the action within its cap's time, at most as often as the cap allows; 0 without a cap. */
  seen({ key, actions }: Policy, user: string, action: string, now: number): number {
    const cap = capOf(actions, action);
    if (cap === undefined) return 0;
    const times = this.#got.get(`${key}\0${user}`)?.get(action) ?? [];
    return times.filter((at) => at > now - cap.withinMs).length;
  }
}

function capOf(actions: readonly Action[], key: string): Action['cap'] {
  return actions.find((action) => action.key === key)?.cap;
}
