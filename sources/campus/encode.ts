/** Writes an activity as the JSON text of one event, always with the same key order for the same type. */
import type { Activity } from './activity.ts';
import { formats, programmes, skills, topics } from './curriculum.ts';
import { suggestedWith, suggestionPolicy } from './response.ts';
import { classOf } from './students.ts';
import type { CampusWorld } from './world.ts';

const dayMs = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const threeDigits = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'));

/** Writes ISO 8601 with milliseconds, and remembers the date it wrote last. */
export function isoWriter(): (time: number) => string {
  let day = NaN;
  let date = '';
  return (time) => {
    const found = Math.floor(time / dayMs);
    if (found !== day) {
      day = found;
      date = new Date(time).toISOString().slice(0, 11);
    }
    const ofDay = time - found * dayMs;
    const minutes = Math.floor(ofDay / 60_000);
    const seconds = Math.floor(ofDay / 1_000) % 60;
    const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}`;
    return `${date}${clock}:${twoDigits[seconds]}.${threeDigits[ofDay % 1_000]}Z`;
  };
}

/** `class-0004`. */
function className(student: number): string {
  return `class-${String(classOf(student)).padStart(4, '0')}`;
}

/** @param latencyMs what the client measured, an integer */
export function eventText(
  world: CampusWorld,
  activity: Activity,
  iso: (time: number) => string,
  latencyMs: number,
): string {
  const { session, type, value } = activity;
  const digits = String(1_000_000 + session.student).slice(1);
  const sessionName = `s-${session.student}-${session.number}`;
  const head =
    `{"id":"${world.run}-${session.student}-${session.number}-${activity.number}","type":"${type}"` +
    `,"time":"${iso(activity.time)}","user":"student-${digits}"`;
  const where =
    `"course":"${session.course}","class":"${className(session.student)}"` +
    `,"device":"${session.device}","latency_ms":${latencyMs}`;
  if (activity.item >= 0) {
    const item = world.items[activity.item]!;
    const spent = type === 'answered' ? `,"seconds":${activity.seconds}` : '';
    return (
      `${head},"item":"${item.name}","session":"${sessionName}","value":${value}` +
      `,"context":{"skill":"${skills[item.skill]}","topic":"${topics[item.topic]}"` +
      `,"format":"${formats[item.format]}",${where}${spent}}}`
    );
  }
  const measured = Number.isNaN(value) ? '' : `,"value":${value}`;
  if (activity.action >= 0) {
    const programme = programmes[session.programme]!.name;
    const decision = `d-${world.run}-${session.student}-${session.number}`;
    return (
      `${head},"session":"${sessionName}"${measured},"decision":"${decision}","context":{` +
      `${suggestionText(world, activity)},"attributes":{"programme":"${programme}"},${where}}}`
    );
  }
  const experiment = world.plan.experiments[session.experiment]!;
  const stage = experiment.stages[session.stage]!;
  const segments = type === 'exposure' ? `,"segments":{"device":"${session.device}"}` : '';
  const chance = session.treated ? stage.probability : 1 - stage.probability;
  return (
    `${head},"session":"${sessionName}"${measured},"context":{"experiment":"${experiment.name}"` +
    `,"variant":"${experiment.variants[session.treated ? 1 : 0]}","probability":${chance}` +
    `,"stage":${session.stage + 1}${segments},${where}}}`
  );
}

/** The decision itself with all that could have been chosen; by whom it was learnt does not matter to the feedback. */
function suggestionText({ plan: { suggestions } }: CampusWorld, activity: Activity): string {
  const { session, action, type } = activity;
  const chance = (each: number) => suggestedWith(suggestions, session, each);
  const offered = () =>
    formats.map((format, i) => `{"action":"${format}","probability":${chance(i)}}`).join(',');
  const way = session.heldOut ? 'holdout' : 'policy';
  const made =
    type === 'decision' ? `,"revision":1,"stage":1,"way":"${way}","offered":[${offered()}]` : '';
  return (
    `"policy":"${suggestionPolicy}","action":"${formats[action]}"` +
    `,"probability":${chance(action)}${made}`
  );
}
