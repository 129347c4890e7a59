/**
 * Slows down who tries passwords: after some failures each further one doubles the wait, per login and per address. Kept in this
 * process; another one counts for itself.
 */

export interface AttemptsOptions {
  /** Failures without a wait. */
  readonly free: number;
  /** Wait after the first failure beyond, ms; doubled with each, … */
  readonly firstMs: number;
  /** … up to this. */
  readonly mostMs: number;
  /** Without an attempt for so long all is forgotten, ms. */
  readonly forgetMs?: number;
  /** Names that are remembered; the oldest are forgotten. */
  readonly entriesMax?: number;
}

interface Entry {
  failures: number;
  at: number;
}

export class Attempts {
  readonly #options: Required<AttemptsOptions>;
  readonly #entries = new Map<string, Entry>();

  constructor(options: AttemptsOptions) {
    this.#options = { forgetMs: 3_600_000, entriesMax: 10_000, ...options };
  }

  /** How long to wait before the next one, ms; 0: it may be made. @param now ms of a clock that never goes back */
  waitMs(name: string, now: number): number {
    const { free, firstMs, mostMs, forgetMs } = this.#options;
    const entry = this.#entries.get(name);
    if (entry === undefined || now - entry.at >= forgetMs || entry.failures < free) return 0;
    const wait = Math.min(mostMs, firstMs * 2 ** Math.min(40, entry.failures - free));
    return Math.max(0, entry.at + wait - now);
  }

  /** Counts one as failed: before its password is looked at, so that a thousand at once are a thousand. */
  begin(name: string, now: number): void {
    const { forgetMs, entriesMax } = this.#options;
    const before = this.#entries.get(name);
    const failures = before === undefined || now - before.at >= forgetMs ? 0 : before.failures;
    this.#entries.delete(name);
    this.#entries.set(name, { failures: failures + 1, at: now });
    if (this.#entries.size > entriesMax) {
      this.#entries.delete(this.#entries.keys().next().value as string);
    }
  }

  /** It did not fail. */
  takeBack(name: string): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined && entry.failures > 0) entry.failures -= 1;
  }

  forget(name: string): void {
    this.#entries.delete(name);
  }
}
