/** Each planted truth is found again in a big sample by the simplest estimate, within four standard errors. */
import { describe, expect, test } from 'vitest';
import { type CampusRecord, createCampus } from '../../../sources/campus/campus.ts';
import { formats, programmes, skills, topics } from '../../../sources/campus/curriculum.ts';
import { logistic } from '../../../sources/campus/response.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A Monday. */
const start = Date.UTC(2026, 2, 2);
const students = 2_000;
const campus = createCampus({ seed: 20260302, start, students });
const { truth } = campus;
const { plan } = truth;

const skillNames: readonly string[] = skills;

interface Sample {
  readonly record: Omit<CampusRecord, 'bytes'>;
  readonly value: number;
  readonly item: number;
  readonly context: Readonly<Record<string, unknown>>;
}

const kinds = { good: 0, duplicate: 0, late: 0, malformed: 0 };
const samples: Sample[] = [];
for (const { bytes, ...record } of campus.events(start, start + 3.5 * day)) {
  kinds[record.kind] += 1;
  if (record.kind === 'malformed' || record.kind === 'duplicate') continue;
  const event = JSON.parse(String(bytes));
  const item = event.item === undefined ? -1 : Number(event.item.slice(5));
  samples.push({ record, value: event.value ?? NaN, item, context: event.context });
}
const answers = samples.filter(({ record }) => record.type === 'answered' && !record.bot);

function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** @param errors how many standard errors */
function expectWithin(value: number, expected: number, error: number, errors = 4): void {
  expect(Math.abs(value - expected)).toBeLessThan(errors * error);
}

function eventsIn(fromMs: number, toMs: number): Sample[] {
  const [from, to] = [start + fromMs, start + toMs];
  return samples.filter(({ record }) => record.eventTime >= from && record.eventTime < to);
}

describe('delivery', () => {
  const distinct = kinds.good + kinds.late;
  test('resends the planted share', () => {
    const { duplicateShare } = plan.delivery;
    expectWithin(kinds.duplicate / distinct, duplicateShare, Math.sqrt(duplicateShare / distinct));
  });

  test('spoils the planted share', () => {
    const { malformedShare } = plan.delivery;
    expectWithin(kinds.malformed / distinct, malformedShare, Math.sqrt(malformedShare / distinct));
  });

  test('is late for the planted share, most of it from devices that were offline', () => {
    const { offlineShare } = plan.delivery;
    // Sessions go offline as a whole: about 20 events each.
    const error = Math.sqrt((offlineShare * 20) / distinct);
    expectWithin(kinds.late / distinct, truth.lateShare, error);
    const hours = samples.filter(({ record }) => record.arrivalTime - record.eventTime > hour);
    expectWithin(hours.length / distinct, offlineShare, error);
  });

  test('takes the planted time on the network', () => {
    // Before the first burst, whose reloads come a little later.
    const delays = eventsIn(0, plan.bursts[0]!.fromMs)
      .filter(({ record }) => record.kind === 'good')
      .map(({ record }) => record.arrivalTime - record.eventTime);
    const { mean, error } = meanOf(delays);
    expectWithin(mean, plan.delivery.networkMeanMs + 1, error + 0.5);
  });
});

describe('experiments', () => {
  for (const experiment of plan.experiments) {
    const { name, effect, variants, stages } = experiment;
    const own = samples.filter(({ context }) => context['experiment'] === name);
    const treated = ({ context }: Sample) => context['variant'] === variants[1];

    test(`${name} has the planted effect`, () => {
      const perStudent = new Map<number, { treated: boolean; values: number[] }>();
      for (const sample of own) {
        if (sample.record.type !== 'outcome') continue;
        const { student } = sample.record;
        const known = perStudent.get(student) ?? { treated: treated(sample), values: [] };
        known.values.push(sample.value);
        perStudent.set(student, known);
        if (known.treated !== treated(sample)) throw new Error(`${student} changed arms`);
      }
      const arm = (of: boolean) =>
        meanOf(
          [...perStudent.values()]
            .filter((s) => s.treated === of)
            .map((s) => meanOf(s.values).mean),
        );
      const [one, other] = [arm(true), arm(false)];
      const error = Math.hypot(one.error, other.error);
      expect(error).toBeLessThan(0.02);
      expectWithin(one.mean - other.mean, effect, error);
      if (effect > 0) expect(one.mean - other.mean).toBeGreaterThan(3 * error);
    });

    test(`${name} assigns with the probability that it logs`, () => {
      for (const [i, { probability }] of stages.entries()) {
        const first = new Map<number, boolean>();
        for (const sample of own) {
          if (sample.context['stage'] !== i + 1) continue;
          first.set(sample.record.student, treated(sample));
          const logged = treated(sample) ? probability : 1 - probability;
          if (sample.context['probability'] !== logged) throw new Error('wrong probability');
        }
        const share = [...first.values()].filter(Boolean).length / first.size;
        expect(first.size).toBeGreaterThan(100);
        expectWithin(share, probability, Math.sqrt((probability * (1 - probability)) / first.size));
      }
    });
  }

  test('focus-mode loses the exposures of the planted share of those who are treated', () => {
    const { name, variants, exposureLostShare } = plan.experiments[2]!;
    const own = samples.filter(({ context }) => context['experiment'] === name);
    const studentsOf = (variant: string, type: string) =>
      new Set(
        own
          .filter(({ record, context }) => context['variant'] === variant && record.type === type)
          .map(({ record }) => record.student),
      );
    variants.forEach((variant, arm) => {
      const [exposed, scored] = [studentsOf(variant, 'exposure'), studentsOf(variant, 'outcome')];
      const lost = exposureLostShare[arm]!;
      const error = Math.sqrt((lost * (1 - lost)) / scored.size);
      // Some exposures are on their way, or fell into the outage.
      expect(Math.abs(exposed.size / scored.size - (1 - lost))).toBeLessThan(4 * error + 0.03);
    });
  });

  test('the null experiment answers later under treatment', () => {
    const experiment = plan.experiments[1]!;
    const exposed = new Map<string, number>();
    const delays: [number[], number[]] = [[], []];
    for (const { record, context } of [...samples].sort(
      (a, b) => a.record.eventTime - b.record.eventTime,
    )) {
      if (context['experiment'] !== experiment.name) continue;
      const key = String(record.student);
      if (record.type === 'exposure') exposed.set(key, record.eventTime);
      else if (exposed.has(key)) {
        const arm = context['variant'] === experiment.variants[1] ? 1 : 0;
        delays[arm].push(record.eventTime - exposed.get(key)!);
      }
    }
    expect(meanOf(delays[1]).mean).toBeGreaterThan(3 * meanOf(delays[0]).mean);
  });
});

describe('answers', () => {
  test('are right as often as the item response model says, in every tenth of its range', () => {
    expect(answers.length).toBeGreaterThan(100_000);
    const bins = Array.from({ length: 10 }, () => ({ count: 0, variance: 0, excess: 0 }));
    for (const { record, value } of answers) {
      const bin = bins[Math.floor(record.probability * 10)]!;
      bin.count += 1;
      bin.variance += record.probability * (1 - record.probability);
      bin.excess += value - record.probability;
    }
    for (const { count, variance, excess } of bins) {
      expect(count).toBeGreaterThan(500);
      expect(Math.abs(excess)).toBeLessThan(4 * Math.sqrt(variance));
    }
  });

  test('show the planted gain from practice: a fit of it with all else known finds it', () => {
    const practised = new Map<string, number>();
    const abilities = new Map<number, readonly number[]>();
    const rows = [...answers]
      .sort((a, b) => a.record.eventTime - b.record.eventTime)
      .map(({ record, value, item }) => {
        const { student } = record;
        const { skill, difficulty, discrimination } = truth.items[item]!;
        const key = `${student} ${skill}`;
        const before = practised.get(key) ?? 0;
        practised.set(key, before + 1);
        const known = abilities.get(student) ?? truth.student(student).abilities;
        abilities.set(student, known);
        const index = skillNames.indexOf(skill);
        const shift = plan.revisions
          .filter((revision) => revision.skill === index)
          .filter(({ atMs }) => record.eventTime - start >= atMs)
          .reduce((sum, { difficultyShift }) => sum + difficultyShift, 0);
        const offset = discrimination * (known[index]! - difficulty - shift);
        const slope = discrimination * -Math.expm1(-before / plan.learning.practice);
        return { offset, slope, value };
      });
    let gain = 0;
    let information = 0;
    for (let round = 0; round < 8; round += 1) {
      let score = 0;
      information = 0;
      for (const { offset, slope, value } of rows) {
        const p = logistic(offset + gain * slope);
        score += slope * (value - p);
        information += slope * slope * p * (1 - p);
      }
      gain += score / information;
    }
    expect(1 / Math.sqrt(information)).toBeLessThan(0.1);
    // What an outage swallowed was practised, but is not counted here: a bias of a few hundredths.
    expectWithin(gain, plan.learning.gain, 1 / Math.sqrt(information) + 0.02);
  });

  test('have the probability that the truth computes', () => {
    const [first] = answers.filter(({ record }) => record.eventTime < start + hour);
    const { record, item } = first!;
    const sinceMs = record.eventTime - start;
    expect(truth.correctProbability(record.student, item, 0, sinceMs)).toBeCloseTo(
      record.probability,
      1,
    );
    expect(() => truth.correctProbability(0, -1, 0, 0)).toThrow('item: expected');
  });

  test('are graded otherwise from a planned time on, in the planned skill only', () => {
    const gradings = [{ atMs: day, skill: 2, guess: 0.3, slip: 0.1 }];
    const options = { seed: 3, students: 40, start };
    const usual = createCampus({ ...options, plan: { ...plan, gradings: [] } }).truth;
    const graded = createCampus({ ...options, plan: { ...plan, gradings } }).truth;
    for (let item = 0; item < 16; item += 1) {
      for (const sinceMs of [day - 1, day]) {
        const before = usual.correctProbability(7, item, 5, sinceMs);
        const isGraded = item % 8 === 2 && sinceMs === day;
        expect(graded.correctProbability(7, item, 5, sinceMs)).toBeCloseTo(
          isGraded ? 0.3 + 0.6 * before : before,
          12,
        );
      }
    }
    const impossible = { ...plan, gradings: [{ atMs: 0, skill: 0, guess: 0.6, slip: 0.5 }] };
    expect(() => createCampus({ ...options, plan: impossible })).toThrow('guess + slip below 1');
  });

  test('become wrong more often at the revision, in the revised skill only', () => {
    const { atMs, skill } = plan.revisions[0]!;
    const near = answers.filter(({ record }) => {
      return Math.abs(record.eventTime - start - atMs) < day;
    });
    for (const [index, name] of skills.entries()) {
      const own = near.filter(({ context }) => context['skill'] === name);
      const rate = (revised: boolean) =>
        meanOf(
          own
            .filter(({ record }) => record.eventTime - start >= atMs === revised)
            .map(({ value }) => value),
        ).mean;
      const drop = rate(false) - rate(true);
      if (index === skill) expect(drop).toBeGreaterThan(0.15);
      else expect(drop).toBeLessThan(0.03);
    }
  });
});

describe('tastes', () => {
  test('drift in the planted topics, in the planted direction', () => {
    const drifts = new Map(plan.tasteDrifts.map(({ topic, shift }) => [topic, shift]));
    const { atMs } = plan.tasteDrifts[0]!;
    const rated = samples.filter(({ record }) => record.type === 'rated');
    for (const [topic, name] of topics.entries()) {
      const of = (late: boolean) =>
        meanOf(
          rated
            .filter(({ context }) => context['topic'] === name)
            .filter(({ record }) => record.eventTime - start >= atMs === late)
            .map(({ value }) => value),
        );
      const [before, after] = [of(false), of(true)];
      const shift = (drifts.get(topic) ?? 0) * 0.9;
      // Ratings end at 1 and 5, so a part of the shift is cut off.
      const [least, most] = [Math.min(shift, shift * 0.75), Math.max(shift, shift * 0.75)];
      const error = 4 * Math.hypot(before.error, after.error);
      expect(after.mean - before.mean).toBeGreaterThan(least - error);
      expect(after.mean - before.mean).toBeLessThan(most + error);
    }
  });

  test('make suggestions as helpful as planted, for every programme and format', () => {
    const { rewards, probability } = truth.suggestions;
    const feedback = samples.filter(({ record }) => record.type === 'feedback');
    for (const [row, { name: programme }] of programmes.entries()) {
      const own = feedback.filter(
        ({ context: { attributes } }) =>
          (attributes as { programme: string }).programme === programme,
      );
      for (const [column, format] of formats.entries()) {
        const values = own
          .filter(({ context }) => context['action'] === format)
          .map(({ value }) => value);
        const { mean, error } = meanOf(values);
        expectWithin(mean, rewards[row]![column]!, error);
        expectWithin(values.length / own.length, probability, Math.sqrt(2 / 9 / own.length));
      }
    }
    expect(truth.suggestions.values.best).toBeCloseTo(0.5875, 10);
    expect(truth.suggestions.values.logging).toBeCloseTo(5.2 / 12, 10);
  });
});

describe('anomalies', () => {
  const around = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    (eventsIn(fromMs - hour, fromMs).length + eventsIn(toMs, toMs + hour).length) / (2 * hour);

  test('the outage keeps the planted share', () => {
    const outage = plan.outages[0]!;
    const rate = eventsIn(outage.fromMs, outage.toMs).length / (outage.toMs - outage.fromMs);
    // Devices that were offline deliver theirs later.
    const kept = outage.keptShare + plan.delivery.offlineShare;
    expect(rate / around(outage)).toBeGreaterThan(kept * 0.6);
    expect(rate / around(outage)).toBeLessThan(kept * 1.5);
  });

  test('the burst multiplies the rate', () => {
    const burst = plan.bursts[0]!;
    const rate = eventsIn(burst.fromMs, burst.toMs).length / (burst.toMs - burst.fromMs);
    expect(rate / around(burst)).toBeGreaterThan(burst.factor * 0.85);
    expect(rate / around(burst)).toBeLessThan(burst.factor * 1.15);
  });

  test('the latency spike multiplies the latency', () => {
    const { fromMs, toMs, factor } = plan.latencySpikes[0]!;
    const latency = (list: readonly Sample[]) =>
      meanOf(list.map(({ context }) => Number(context['latency_ms'])));
    const [inside, before] = [eventsIn(fromMs, toMs), eventsIn(fromMs - hour, fromMs)].map(latency);
    expectWithin(inside!.mean / before!.mean, factor, (inside!.error / before!.mean) * 1.5);
  });

  test('the bot answers at superhuman speed, and only in its time', () => {
    const bot = plan.bots[0]!;
    const own = samples.filter(({ record }) => record.bot && record.student === bot.student);
    expect(own.length).toBe(Math.floor((bot.toMs - bot.fromMs) / bot.everyMs));
    for (const { record, value, context } of own) {
      const sinceMs = record.eventTime - start;
      const planted = sinceMs >= bot.fromMs && sinceMs < bot.toMs;
      if (!planted || value !== 1 || context['seconds'] !== 0.2) throw new Error('not as planted');
    }
  });

  test('days off have the planted share of sessions', () => {
    const holiday = { fromMs: day, toMs: 2 * day, keptShare: 0.25 };
    const quiet = createCampus({ seed: 5, start, students: 800, plan: { holidays: [holiday] } });
    const sessions = [new Set<string>(), new Set<string>()];
    for (const { bytes, eventTime, bot, kind } of quiet.events(start, start + 2.5 * day)) {
      if (bot || kind === 'malformed') continue;
      const session = /"session":"([^"]+)"/.exec(String(bytes))![1]!;
      sessions[Math.floor((eventTime - start) / day)]?.add(session);
    }
    const share = sessions[1]!.size / sessions[0]!.size;
    expectWithin(share, 0.25, Math.sqrt(0.25 / sessions[0]!.size), 5);
  });
});

test('the hours of the week follow the calendar', () => {
  for (const at of [3, 9.5, 18.5, 24 + 12, 24 + 21]) {
    const expected = truth.intensity(start + at * hour);
    const counted = new Set(
      eventsIn(at * hour - hour / 2, at * hour + hour / 2)
        .filter(({ record }) => record.type === 'exposure' || record.type === 'answered')
        .map(({ record }) => record.student),
    ).size;
    const perHour = (expected * 20 * students) / 168;
    // Sessions that began before the hour go on in it, and some students have two.
    expect(counted / perHour).toBeGreaterThan(0.8);
    expect(counted / perHour).toBeLessThan(1.7);
  }
});
