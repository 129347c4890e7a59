/** Two ends of an interval, in the unit of what they enclose. */
export interface Interval {
  /** −Infinity where the interval is open below. */
  readonly lower: number;
  /** Infinity where it is open above. */
  readonly upper: number;
}

/** An estimate in its interval. */
export interface IntervalEstimate extends Interval {
  /** NaN where there is too little to tell; then the interval is what is possible. */
  readonly estimate: number;
}
