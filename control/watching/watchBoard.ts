/** How the watches that are judged in this process stand; what the tables say some seconds later. */
import { type AlertState, alertStates } from '../../contracts/alert.ts';

export interface Standing {
  /** It has seen the past, and judges. */
  readonly hasBegun: boolean;
  /** End of the newest reading that was judged, event time. */
  readonly judgedTo: number | null;
  readonly keys: number;
  /** Why it cannot be judged, or not all of it, a sentence. */
  readonly problem: string | null;
}

export type OpenState = Exclude<AlertState, 'resolved'>;
export const openStates = alertStates.filter((state): state is OpenState => state !== 'resolved');

export class WatchBoard {
  #standings: ReadonlyMap<string, Standing> = new Map();
  #open: Readonly<Record<OpenState, number>> | undefined;

  put(standings: ReadonlyMap<string, Standing>, open: Readonly<Record<OpenState, number>>): void {
    this.#standings = standings;
    this.#open = open;
  }

  get(watch: string): Standing | undefined {
    return this.#standings.get(watch);
  }

  /** Alerts that are open, by state; undefined where another process judges. */
  get open(): Readonly<Record<OpenState, number>> | undefined {
    return this.#open;
  }

  /** Another process judges now. */
  clear(): void {
    this.#standings = new Map();
    this.#open = undefined;
  }
}
