/** What is told about alerts, and the one interface behind which every way of telling it stands. */
import type { Alert } from '../../contracts/alert.ts';
import type { AlertRoute } from '../../contracts/watch.ts';

/** The alert's course as a picture. */
export interface NoticeChart {
  readonly svg: string;
  /** The same in pixels, where somebody can make them: programs that show no SVG show it in the message. */
  readonly png?: Uint8Array;
  /** What it shows, in words. */
  readonly text: string;
}

/** One alert that fires, or is over. */
export interface AlertContent {
  readonly what: 'firing' | 'resolved';
  readonly alert: Alert;
  /** Sentences, one a line; the alert's headline stands above them. */
  readonly lines: readonly string[];
  /** Where the dashboard shows it. */
  readonly link: string;
  readonly chart?: NoticeChart;
}

/** So many alerts that they are not told one by one. */
export interface SummaryContent {
  readonly what: 'summary';
  readonly headline: string;
  readonly lines: readonly string[];
  readonly link: string;
}

export type NoticeContent = AlertContent | SummaryContent;

export type Notice = NoticeContent & {
  /** Of the delivery: the same at each try. Letters and digits. */
  readonly id: string;
  /** Id of the first notice about the alert on this route: its own, or that which it answers. */
  readonly thread: string;
};

export type RouteKind = AlertRoute['to']['kind'];
export type RouteOf<Kind extends RouteKind> = AlertRoute & {
  readonly to: Extract<AlertRoute['to'], { kind: Kind }>;
};

export interface NoticeSender<Kind extends RouteKind> {
  /**
   * Resolves when the other side has taken the notice.
   *
   * @param signal ends the try
   * @throws NoticeProblem with one sentence that says what to do; the signal's reason when that ended it
   */
  send(route: RouteOf<Kind>, notice: Notice, signal: AbortSignal): Promise<void>;
}

/** What happened, in a sentence: of the alert, or of all of them. */
export function headlineOf(notice: NoticeContent): string {
  return notice.what === 'summary' ? notice.headline : notice.alert.headline;
}
