/**
 * A rule of the catalogue: looks at the facts and says of which subjects there is something to say. Pure: no clock, no store.
 *
 * It names every test that it makes, also those that find nothing: the share of false cards can be kept only over all of them.
 */
import type { Finding, InsightArea, InsightSubject } from '../../contracts/insight.ts';
import type { Facts } from './facts.ts';

export interface Candidate {
  readonly subject: InsightSubject;
  /**
   * End of the newest data that the test has seen, event time, ms: of one kind and subject, a test by the same data is made
   * once. Statistical kinds judge whole days (or a stated window), so that looking often tests no oftener.
   */
  readonly judgedAt: number;
  /** Valid when there is nothing: at most `p` with probability `p`. null: a fact. */
  readonly pValue: number | null;
  /** Asked where the test is passed, or it is a fact; and again while it is found, as long as `p` is at most 0.1. */
  tell(): Omit<Finding, 'kind' | 'area' | 'judgedAt' | 'pValue'>;
}

export interface InsightKind {
  /** `calibration-slipped`; the file has its name. */
  readonly kind: string;
  readonly area: InsightArea;
  /** One line for the catalogue. */
  readonly summary: string;
  /** How it is judged, in words: test, window, smallest change that counts, least rows. */
  readonly test: string;
  /** Of subjects where it can be judged; facts only where they hold. */
  find(facts: Facts): readonly Candidate[];
}
