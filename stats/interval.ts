/** Two ends of an interval, in the unit of what they enclose. */
export interface Interval {
  /** −Infinity where the interval is open below. */
  readonly lower: number;
  /** Infinity where it is open above. */
  readonly upper: number;
}
