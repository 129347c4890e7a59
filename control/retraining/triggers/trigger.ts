/** What may start a training run by itself: a function from what is known of a model to a cause, or to why there is none. */
import type { TriggerKind, TriggerPlan } from '../../../contracts/modelPlan.ts';
import type { RunCause } from '../../../contracts/trainingRun.ts';
import type { Severity } from '../../../contracts/watch.ts';

/** An alert that fires, or is over though what it tells of is not, and is about the model. */
export interface FiringAlert {
  readonly id: string;
  /** What it tells of. */
  readonly about: 'drift' | 'performance' | 'calibration' | 'fairness';
  readonly isOver: boolean;
  readonly severity: Severity;
  readonly headline: string;
  /** Start of the first reading that was not as it should be, event time. */
  readonly since: number;
  /** Farthest reading, and what was expected or allowed; null where that is not known. */
  readonly value: number | null;
  readonly limit: number | null;
}

/** A column that has drifted and is read by the model, or is what it predicts. */
export interface DriftedColumn {
  readonly column: string;
  readonly role: 'prediction' | 'label' | 'input';
  /** PSI of the newest day, and its limit. */
  readonly distance: number;
  readonly limit: number;
  /** First of the days in a row beyond the limit. */
  readonly since: number;
  /** Its values are broken: nothing should be learnt from them. */
  readonly isBroken: boolean;
}

/** Brier score of what the champion predicts, with what it was when the champion was made: more is worse. */
export interface WatchedLoss {
  /** `realised` of labels that have come; `estimated` before they come. */
  readonly basis: 'realised' | 'estimated';
  readonly value: number;
  /** End of its interval on the better side. */
  readonly lower: number;
  readonly reference: number;
  /** Predictions. */
  readonly count: number;
  /** The window, event time. */
  readonly from: number;
  readonly at: number;
}

/** A figure and what it must not exceed; `noise` is what chance makes of it. */
export interface LimitedFigure {
  /** "Difference of false negatives between groups". */
  readonly name: string;
  readonly value: number;
  readonly noise: number;
  readonly limit: number;
  readonly count: number;
  /** The window, event time. */
  readonly from: number;
  readonly at: number;
}

export interface TriggerFacts {
  readonly model: string;
  readonly champion: string;
  /** The champion is the online learner by itself: it has no data that ended. */
  readonly isOnline: boolean;
  /** When the champion was made, ms since 1970. */
  readonly madeAt: number;
  /** Examples that the champion has learnt from; 0 of the online learner. */
  readonly learntRows: number;
  /**
   * What arose before is no news: the end of the champion's data or the newest cause of a run, whatever is later; −∞ where there is
   * neither. Event time.
   */
  readonly newsFrom: number;
  /** Time of the oldest example that the champion has learnt from: what was before has been left behind; null: of the online learner. */
  readonly learntFrom: number | null;
  /** Labelled examples that could be learnt from. */
  readonly rows: number;
  /** Of those the ones that came after the newest that the champion or a run has seen. */
  readonly newRows: number;
  /** When the last run began, whatever began it; null: there was none. */
  readonly lastRunAt: number | null;
  /** The last run began under this champion, and another version, or none, came of it. */
  readonly isRetry: boolean;
  /** Version that is on its way to become champion; null: none is. */
  readonly releasing: string | null;
  /** It serves nobody yet and nobody has it in hand: a better one may take its place. */
  readonly givesWay: boolean;
  readonly alerts: readonly FiringAlert[];
  readonly drift: readonly DriftedColumn[];
  readonly performance: readonly WatchedLoss[];
  readonly calibration: LimitedFigure | null;
  readonly fairness: readonly LimitedFigure[];
}

export interface FoundCause {
  /** The same cause has the same id, and starts one run. */
  readonly id: string;
  /** When it arose, event time. */
  readonly at: number;
  /** From when on it was so, where it says that things are otherwise than they were; event time. */
  readonly since?: number;
  readonly cause: RunCause;
}

export interface NoCause {
  /** Why there is none, and what would be one: part of a sentence. */
  readonly why: string;
}

export interface TriggerOptions {
  readonly plan: TriggerPlan;
  /** Of the data plan. */
  readonly rowsMin: number;
  /** ms since 1970. */
  readonly now: number;
}

export type Trigger = (facts: TriggerFacts, options: TriggerOptions) => FoundCause | NoCause;

export function isFound(found: FoundCause | NoCause): found is FoundCause {
  return 'cause' in found;
}

/** The alert about something that is told first: the severe ones, then the earliest. */
export function causeByAlert(
  { alerts, newsFrom }: TriggerFacts,
  about: FiringAlert['about'],
): FoundCause | undefined {
  const [first] = alerts
    .filter((alert) => alert.about === about && alert.since > newsFrom)
    .sort(
      (a, b) =>
        Number(b.severity === 'high') - Number(a.severity === 'high') ||
        a.since - b.since ||
        (a.id < b.id ? -1 : 1),
    );
  if (first === undefined) return undefined;
  const { id, headline, since, value, limit, isOver } = first;
  const figures = Object.fromEntries(
    Object.entries({ value, limit }).filter(
      (entry): entry is [string, number] => entry[1] !== null,
    ),
  );
  return {
    id: `alert:${id}`,
    at: since,
    since,
    cause: causeOf(about, `An alert ${isOver ? 'fired' : 'fires'}: ${headline}`, figures),
  };
}

const sentenceMax = 2_000;

export function causeOf(
  kind: TriggerKind,
  sentence: string,
  figures: Readonly<Record<string, number>>,
): RunCause {
  const finite = Object.entries(figures).filter(([, value]) => Number.isFinite(value));
  return { kind, sentence: sentence.slice(0, sentenceMax), figures: Object.fromEntries(finite) };
}

/** "2026-11-12 06:00 UTC". @param at ms since 1970 */
export function instantWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
