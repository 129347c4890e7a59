/** Under what figures are told: how small a group may be, and when it is asked. */
export interface Telling {
  /** Users of the smallest group that may be told of; 0: for the engine itself, from which nothing is withheld. */
  readonly least: number;
  /** By the clock, ms. */
  readonly now: number;
}
