/** Under what figures are told: how small a group may be, whether they may still change, and when it is asked. */
export interface Telling {
  /** Users of the smallest group that may be told of; 0: for the engine itself, from which nothing is withheld. */
  readonly least: number;
  /**
   * false: for who may see single people. Small groups are withheld all the same, but nothing is held back until it is final: two
   * looks may differ by less than a group, which tells them no more than they may look up. By default true.
   */
  readonly isFinal?: boolean;
  /** By the clock, ms. */
  readonly now: number;
}

/** Whether only what cannot change any more may be told. */
export function isHeld({ least, isFinal = true }: Telling): boolean {
  return isFinal && least > 0;
}
