/**
 * Drift on the campus, as the default pipeline watches for it: planted revisions of items and drifts of taste found and how soon; what is
 * raised when nothing is planted; what is raised besides when everything of the default plan is.
 *
 * Planted in the plan: `algebra` +1.2 logits on day 2, `biology` +0.8 on day 16; the topics `sports` −1.2 and `climate` +0.8 on day 1. One is found by an
 * alarm of its key within a day; alarms of that key in the three days behind it are aftershocks. Delays are in values of the key in its
 * partition, and in hours.
 */
import { share } from 'rxjs';
import type { PipelineContext, Publication } from '../contracts/pipeline.ts';
import { learners } from '../models/registry.ts';
import { onTime } from '../operators/onTime.ts';
import { predictThenLearn } from '../operators/predictThenLearn.ts';
import { where } from '../operators/where.ts';
import { watchDrift } from '../pipelines/drift.ts';
import { createCampus } from '../sources/campus/campus.ts';
import { skills, topics } from '../sources/campus/curriculum.ts';
import { defaultPlan } from '../sources/campus/defaultPlan.ts';
import { calm } from '../sources/campus/plan.ts';
import type { Figures, Size } from './run.ts';
import { campusEvents } from './support/campusEvents.ts';
import { quantile } from './support/quantile.ts';
import { readStatistics } from './support/statisticRows.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 2);
const columns = {
  strings: ['context.skill', 'context.topic', 'context.course'],
  numbers: ['context.latency_ms'],
};

interface Alarm {
  readonly name: string;
  readonly key: string;
  /** Event time of the row that wrote it. */
  readonly at: number;
  /** Values of the key that were seen then. */
  readonly count: number;
}

interface Setting {
  readonly seed: number;
  readonly students: number;
  readonly days: number;
  readonly isCalm: boolean;
  readonly partitions: number;
  /** Events a second; the natural rate by default. */
  readonly intensity?: number;
}

/** Alarms of one partition, and how many values of each key had come at each planted time. */
function watchPartition(setting: Setting, partition: number) {
  const { seed, students, days, isCalm, partitions, intensity } = setting;
  const plan = isCalm ? calm : {};
  const rate = intensity === undefined ? {} : { intensity };
  const campus = createCampus({ seed, start, students, plan, ...rate });
  const { events, context, play } = campusEvents({
    ...{ campus, until: start + days * day, columns, partitions },
    ...(partitions === 1 ? {} : { holds: (student) => student % partitions === partition }),
  });
  const publications: Publication[] = [];
  const own: PipelineContext = { ...context, publish: (each) => publications.push(each) };
  const alarms: Alarm[] = [];
  const seen = new Map<string, number>();
  /** Values seen of a key when it was last looked at before a time. */
  const counts = new Map<string, [at: number, count: number][]>();
  const take = (clock: number) => {
    for (const { changed, settle } of publications) {
      const rows = changed();
      settle?.();
      if (rows === undefined) continue;
      for (const { name, key: parts, figures } of readStatistics(rows)) {
        if (name.startsWith('profile_')) continue;
        const key = parts.join(' ');
        const series = `${name} ${key}`;
        const count = figures.get('count')!;
        const course = counts.get(series) ?? [];
        course.push([clock, count]);
        counts.set(series, course);
        const raised = figures.get('alarms')! - (seen.get(series) ?? 0);
        seen.set(series, figures.get('alarms')!);
        for (let i = 0; i < raised; i += 1) {
          alarms.push({ name, key, at: clock, count: figures.get('lastAlarmAt')! });
        }
      }
    }
  };
  const timely = events.pipe(onTime(), share());
  const answers = timely.pipe(where('type', 'answered'), share());
  const learner = learners['answer']!.create(context.tables);
  const predictions = answers.pipe(predictThenLearn(learner, { label: 'value' }), share());
  const rated = timely.pipe(where('type', 'rated'), share());
  watchDrift(own, 'learning', { predictions, answers, rated, timely }).subscribe();
  let clock = start;
  events.subscribe(({ receivedAt }) => {
    clock = receivedAt;
    take(clock);
  });
  play();
  return {
    alarms,
    /** Values of the key until then. */
    before(name: string, key: string, at: number): number {
      const course = counts.get(`${name} ${key}`) ?? [];
      return course.findLast(([time]) => time <= at)?.[1] ?? 0;
    },
  };
}

interface Outcome {
  /** Alarms that belong to nothing planted. */
  others: number;
  readonly found: Map<string, { values: number; hours: number }[]>;
}

function watch(setting: Setting, outcome: Outcome): void {
  const { revisions, tasteDrifts } = defaultPlan(start, 0, 1);
  const planted = setting.isCalm
    ? []
    : [
        ...revisions.flatMap(({ atMs, skill }) => [
          { name: 'answer_residual', key: skills[skill]!, at: start + atMs },
          { name: 'answer_level', key: skills[skill]!, at: start + atMs },
        ]),
        ...tasteDrifts.map(({ atMs, topic }) => ({
          ...{ name: 'rating', key: topics[topic]!, at: start + atMs },
        })),
      ];
  for (let partition = 0; partition < setting.partitions; partition += 1) {
    const { alarms, before } = watchPartition(setting, partition);
    for (const { name, key, at } of planted) {
      if (at > start + (setting.days - 1) * day) continue;
      const own = alarms.filter((alarm) => alarm.name === name && alarm.key === key);
      const first = own.find((alarm) => alarm.at >= at && alarm.at < at + day);
      const found = outcome.found.get(`${name}_${key}`) ?? [];
      found.push(
        first === undefined
          ? { values: NaN, hours: NaN }
          : { values: first.count - before(name, key, at), hours: (first.at - at) / hour },
      );
      outcome.found.set(`${name}_${key}`, found);
    }
    outcome.others += alarms.filter(
      (alarm) =>
        !planted.some(
          ({ name, key, at }) =>
            name === alarm.name && key === alarm.key && alarm.at >= at && alarm.at < at + 4 * day,
        ),
    ).length;
  }
}

const begin = (): Outcome => ({ others: 0, found: new Map() });

export async function run({ full }: Size): Promise<Figures> {
  const figures: Record<string, number> = {};
  const days = full ? 28 : 4;
  const seeds = full ? [1, 2, 3, 4] : [1];
  const students = full ? 2_000 : 800;
  for (const partitions of full ? [1, 2] : [1]) {
    const some = seeds.slice(0, partitions === 1 ? seeds.length : 2);
    const weeks = (some.length * days) / 7;
    const calmly = begin();
    const fully = begin();
    for (const seed of some) {
      watch({ seed, students, days, isCalm: true, partitions }, calmly);
      watch({ seed, students, days, isCalm: false, partitions }, fully);
    }
    const suffix = partitions === 1 ? '' : `_in_${partitions}`;
    figures[`calm_alarms_per_week${suffix}`] = calmly.others / weeks;
    figures[`planned_other_alarms_per_week${suffix}`] = fully.others / weeks;
    for (const [name, found] of fully.found) {
      const there = found.filter(({ values }) => !Number.isNaN(values));
      figures[`${name}_planted${suffix}`] = found.length;
      figures[`${name}_found${suffix}`] = there.length;
      const delays = there.map(({ values }) => values);
      figures[`${name}_values_p50${suffix}`] = quantile(delays, 0.5);
      figures[`${name}_values_max${suffix}`] = Math.max(0, ...delays);
      figures[`${name}_hours_max${suffix}`] = Math.max(0, ...there.map(({ hours }) => hours));
    }
  }
  if (full) {
    // The rate of the demo: fourteen times the natural one.
    const quick = begin();
    watch({ seed: 5, students, days: 7, isCalm: true, partitions: 1, intensity: 20 }, quick);
    figures['calm_alarms_per_week_20_per_s'] = quick.others;
  }
  return figures;
}
