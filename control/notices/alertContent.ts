/** What is said of an alert: its figures, when, what contributed, what else happened, and the course as a picture. */
import type { Alert, AlertEnding, JudgedReading } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import type { AlertContent, NoticeChart } from '../../sinks/notices/notice.ts';
import { duration, figure, percent, sentence } from '../words.ts';

/** The course around an alert as SVG. */
export type DrawAlert = (course: readonly JudgedReading[], alert: Alert) => Promise<string>;

export interface AlertContentSources {
  readonly alert: Alert;
  readonly what: AlertContent['what'];
  /** As `GET /v1/alerts/:id` has it; empty: no picture. */
  readonly course: readonly JudgedReading[];
  /** null: it is not defined any more. */
  readonly watch: Pick<Watch, 'purpose' | 'runbook'> | null;
  /** Where the dashboard shows the alert. */
  readonly link: string;
  readonly drawAlert: DrawAlert;
  /** Told when there will be no picture: the notice goes out without it. */
  readonly say: (sentence: string) => void;
  /** IANA zone of the times. */
  readonly zone?: string;
}

const endings: Record<AlertEnding, string> = {
  recovered: 'Readings are as they should be again',
  'became usual': 'It has lasted so long that it is what is usual now',
  passed: 'It did not last',
  closed: 'Somebody closed it',
  'false alarm': 'Somebody closed it as a false alarm',
};

export async function alertContent(sources: AlertContentSources): Promise<AlertContent> {
  const { alert, what, link } = sources;
  const chart = await chartOf(sources);
  const content = { what, alert, lines: linesOf(sources), link };
  return chart === undefined ? content : { ...content, chart };
}

async function chartOf(sources: AlertContentSources): Promise<NoticeChart | undefined> {
  const { alert, course, drawAlert, say } = sources;
  if (course.length === 0) return undefined;
  try {
    return { svg: await drawAlert(course, alert), text: chartText(sources) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(
      `The picture of the alert ${alert.id} could not be drawn; it is told without. ${sentence(reason)}`,
    );
    return undefined;
  }
}

function chartText({ alert, course, zone }: AlertContentSources): string {
  const [first, last] = [course[0]!, course.at(-1)!];
  const span = `from ${instant(first.start, zone)} to ${instant(last.end, zone)}`;
  return `${nameOf(alert)} ${span}, with what was expected; the time of the alert is marked.`;
}

function linesOf({ alert, what, watch, zone }: AlertContentSources): string[] {
  const reading = what === 'firing' ? (alert.latest ?? alert.worst) : alert.worst;
  const lines = [`${nameOf(alert)}, severity ${alert.severity}.`];
  if (reading !== null) lines.push(readingLine(reading, what, zone));
  if (what === 'resolved') lines.push(endLine(alert, zone));
  else lines.push(`Since ${instant(alert.since, zone)}.`);
  if (alert.isFlapping) {
    lines.push(`It comes and goes: ${alert.flaps} times within a day. Only the first is told.`);
  }
  if (alert.incident !== alert.id) lines.push('An alert before it likely has the same cause.');
  const { contributions = [], nearby = [] } = alert.explanation ?? {};
  const parts = contributions.slice(0, 3).map(({ name, share }) => `${name} ${percent(share)}`);
  if (parts.length > 0) lines.push(`Largest parts of the deviation: ${parts.join(', ')}.`);
  for (const { at, sentence: words } of nearby.slice(0, 3)) {
    lines.push(`${instant(at, zone)}: ${sentence(words)}`);
  }
  if (what === 'resolved') {
    if (alert.note !== '') lines.push(`Note: ${sentence(alert.note)}`);
    return lines;
  }
  if (alert.owner !== null) lines.push(`${alert.owner} takes care of it.`);
  if (watch !== null && watch.purpose !== '') lines.push(sentence(watch.purpose));
  if (watch?.runbook !== undefined) lines.push(`What to do: ${watch.runbook}`);
  return lines;
}

function nameOf({ watchName, key }: Alert): string {
  return key.length === 0 ? watchName : `${watchName}, ${key.join(' ')}`;
}

function readingLine(reading: JudgedReading, what: AlertContent['what'], zone?: string): string {
  const { value, expected, lower, upper, end } = reading;
  const at = instant(end, zone);
  const band =
    lower === null || upper === null ? '' : ` (usually ${number(lower)} to ${number(upper)})`;
  const was = value === null ? 'nothing was read' : `it was ${number(value)}`;
  const than = expected === null ? '' : `; expected was ${number(expected)}${band}`;
  return `${what === 'firing' ? 'At' : 'Farthest off, at'} ${at}, ${was}${than}.`;
}

function endLine({ since, resolvedAt, ending }: Alert, zone?: string): string {
  const how = ending === null ? 'It is over' : endings[ending];
  if (resolvedAt === null) return `${how}. It began at ${instant(since, zone)}.`;
  const lasted = duration(Math.max(0, resolvedAt - since) / 1_000);
  return `${how}: from ${instant(since, zone)} to ${instant(resolvedAt, zone)}, ${lasted}.`;
}

function number(value: number): string {
  return value < 0 ? `−${figure(-value)}` : figure(value);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** 23 Nov 2026, 14:05 UTC */
function instant(time: number, zone = 'UTC'): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    });
    formats.set(zone, format);
  }
  return format.format(time);
}
