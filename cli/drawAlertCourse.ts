/**
 * The course of an alert as SVG, as the dashboard draws it: for messages, which run no code and have no style sheet.
 *
 * Same data, same bytes.
 */
import type { Alert, JudgedReading } from '../contracts/alert.ts';
import { alertCourse, alertCourseHeight, alertTable } from '../ui/charts/alertCourse.ts';
import { type ChartLook, darkLook, lightLook } from '../ui/charts/chartLook.ts';
import { init } from '../ui/charts/engine.ts';

export interface AlertPicture {
  readonly course: readonly JudgedReading[];
  readonly alert: Pick<Alert, 'watchName' | 'key' | 'since' | 'resolvedAt'>;
  readonly theme: 'light' | 'dark';
  /** IANA zone of the time axis. */
  readonly zone: string;
}

const width = 600;
const height = 280;
const padPx = 12;
/** Of the line beneath the title, from the top of the drawing. */
const dateBasePx = 30;
/** So many letters of a title stand beside the legend. */
const nameMax = 44;
/** More than two for each pixel of the plot cannot be told apart. */
const readingsMax = 1_000;
/** No style sheet is there to name them; the first that the reader's system has is taken. */
const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
const looks: Record<AlertPicture['theme'], ChartLook> = { light: lightLook, dark: darkLook };

export function drawAlertCourse({ course, alert, theme, zone }: AlertPicture): string {
  const look: ChartLook = { ...looks[theme], font, zone };
  const inner = { width: width - 2 * padPx, height: height - 2 * padPx };
  const name = [...[alert.watchName, ...alert.key].join(', ')];
  const title = name.length <= nameMax ? name.join('') : `${name.slice(0, nameMax - 1).join('')}…`;
  const option = alertCourse(alertTable(thinned(course)), look, {
    title,
    plotPx: inner.height - alertCourseHeight(0),
    alerts: [alert],
  });
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...inner });
  try {
    chart.setOption(option);
    return framed(still(chart.renderToSVGString()), datesOf(course, alert.since, zone), look);
  } finally {
    chart.dispose();
  }
}

/** Without what answers to a pointer, and with ids that do not count up from picture to picture. */
function still(svg: string): string {
  return svg
    .replace(/<style\b.*?<\/style>/gs, '')
    .replace(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="\w+")/g, '')
    .replace(/\bzr\d+-/g, 'part-')
    .replace(/>\s+</g, '><');
}

/** On a ground of its own, because the message may be light or dark; dates beneath the title, because ticks have none. */
function framed(drawing: string, dates: string, look: ChartLook): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${look.surface}"/>`,
    `<g transform="translate(${padPx} ${padPx})">${drawing}`,
    `<text y="${dateBasePx}" font-size="11" font-family="${look.font}" fill="${look.muted}">${dates}</text></g></svg>`,
  ].join('');
}

/** 2 Mar 2026, times in UTC */
function datesOf(course: readonly JudgedReading[], since: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: zone });
  const first = format.format(course[0]?.end ?? since);
  const last = format.format(course.at(-1)?.end ?? since);
  return `${first === last ? first : `${first} – ${last}`}, times in ${zone}`;
}

/** Of readings that would lie in one place that which is farthest from what was expected, so that no deviation is lost. */
function thinned(course: readonly JudgedReading[]): readonly JudgedReading[] {
  const size = Math.ceil(course.length / readingsMax);
  if (size <= 1) return course;
  const kept: JudgedReading[] = [];
  for (let from = 0; from < course.length; from += size) {
    const distance = ({ value, expected }: JudgedReading) =>
      value === null ? -1 : Math.abs(value - (expected ?? 0));
    const group = course.slice(from, from + size);
    kept.push(group.reduce((far, reading) => (distance(reading) > distance(far) ? reading : far)));
  }
  return kept;
}
