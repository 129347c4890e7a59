/** A month of profiles in memory, read as the engine does: skills that change, a device that comes up, a latency that gets lost. */
import type { DriftReader } from '../../api/routes/drift.ts';
import type { DriftAlarm } from '../../contracts/driftApi.ts';
import { type DriftFrame, driftAnswer } from '../../control/drift/driftAnswer.ts';
import { driftDetail } from '../../control/drift/driftDetail.ts';
import { type ProfiledColumn, profileOfScores } from '../../control/drift/profiledColumn.ts';
import { type DriftRange, referenceDays } from '../../control/drift/referenceDays.ts';
import type { ColumnProfile } from '../../stats/drift/dataQuality.ts';
import { normal, type RandomState, randomState, uniform } from '../../stats/random.ts';
import { scoreBin, scoreBins } from '../../stats/scoreBins.ts';
import { type NumberProfileState, numberProfile } from '../../stats/streaming/numberProfile.ts';
import { type TextProfileState, textProfile } from '../../stats/streaming/textProfile.ts';

const dayMs = 86_400_000;
const rows = 600;

export interface FakeDrift extends DriftReader {
  /** Complete days that are stored. */
  days: number;
  alarms: DriftAlarm[];
}

type Draw = (random: RandomState, day: number) => number | string | null;

/** One of `values` by Zipf's law, turned by `shift`, a little otherwise each day. */
function zipf(values: readonly string[], power: number, shift = 0): Draw {
  return (random, day) => {
    const bent = uniform(random) ** (power + 0.06 * Math.sin(day * 2.3));
    return values[(Math.floor(bent * values.length) + shift) % values.length]!;
  };
}

const skills = ['fractions', 'algebra', 'geometry', 'statistics', 'functions', 'vectors'];
const courses = ['mathematics', 'physics', 'biology', 'history'];
const devices = ['tablet', 'laptop', 'telephone'];
const items = Array.from({ length: 60 }, (_, i) => `item-${i + 1}`);

const columns: readonly (readonly [column: string, kind: 'number' | 'text', draw: Draw])[] = [
  ['answer', 'number', (random) => (uniform(random) < 0.64 ? 1 : 0)],
  [
    'context_skill',
    'text',
    (random, day) => zipf(skills, day < 18 ? 1.5 : 3.2, day < 18 ? 0 : 1)(random, day),
  ],
  [
    'context_latency_ms',
    'number',
    (random, day) =>
      day >= 26 && uniform(random) < 0.3
        ? null
        : 9_000 * Math.exp(0.5 * normal(random) + 0.03 * Math.sin(day * 1.9)),
  ],
  ['context_course', 'text', zipf(courses, 1.4)],
  [
    'context_device',
    'text',
    (random, day) =>
      day >= 21 && uniform(random) < 0.6 ? 'whiteboard' : zipf(devices, 1.3)(random, day),
  ],
  ['context_topic', 'text', zipf(skills, 1.2)],
  ['item', 'text', zipf(items, 1.3)],
  ['type', 'text', zipf(['answered', 'viewed', 'rated'], 2)],
];

function profileOf(kind: 'number' | 'text', draw: Draw, day: number, seed: number): ColumnProfile {
  const random = randomState(1_000 * seed + day);
  if (kind === 'number') {
    const fold = numberProfile.begin({ lower: 0 });
    const state = fold.initial();
    for (let i = 0; i < rows; i += 1) {
      const value = draw(random, day) as number | null;
      fold.step(state, { value: value ?? 0, missing: value === null ? 1 : 0, times: 1 });
    }
    return { kind, state: state as NumberProfileState };
  }
  const fold = textProfile.begin({});
  const state = fold.initial();
  for (let i = 0; i < rows; i += 1) {
    const value = draw(random, day) as string | null;
    fold.step(state, { value: value ?? '', missing: value === null ? 1 : 0, times: 1 });
  }
  return { kind, state: state as TextProfileState };
}

function predictionsOf(day: number): ColumnProfile {
  const random = randomState(900 + day);
  const counts = new Array<number>(scoreBins).fill(0);
  for (let i = 0; i < rows; i += 1) {
    const logit = 0.6 + (day < 18 ? 0 : -0.5) + 0.9 * normal(random);
    counts[scoreBin(1 / (1 + Math.exp(-logit)))]! += 1;
  }
  return profileOfScores(counts);
}

/** @param now the day of it is not complete */
export function fakeDrift(now: number): FakeDrift {
  const today = Math.floor(now / dayMs) * dayMs;
  const known = new Map<string, ProfiledColumn>();

  function columnOf(column: string): ProfiledColumn | undefined {
    const made = known.get(column);
    if (made !== undefined) return made;
    const seed = columns.findIndex(([name]) => name === column);
    if (seed < 0 && column !== 'prediction') return undefined;
    const days = Array.from({ length: fake.days }, (_, i) => i);
    const at = (i: number) => today - (fake.days - i) * dayMs;
    const [, kind, draw] = columns[seed] ?? ['', 'number', () => 0];
    const profiled: ProfiledColumn = {
      ...{ column, kind, parameters: {} },
      role: column === 'prediction' ? 'prediction' : column === 'answer' ? 'label' : 'input',
      days: new Map(
        days.map((i) => [
          at(i),
          column === 'prediction' ? predictionsOf(i) : profileOf(kind, draw, i, seed),
        ]),
      ),
    };
    known.set(column, profiled);
    return profiled;
  }

  function frameOf(range: DriftRange): DriftFrame {
    const stored = Array.from({ length: fake.days }, (_, i) => today - (fake.days - i) * dayMs);
    return {
      ...{ pipeline: 'learning', model: 'answer', modelVersion: '1', stored },
      ...referenceDays(stored, range, undefined),
      read: new Set(['user', 'item', 'context_skill']),
      importance: new Map(),
    };
  }

  async function* all(): AsyncGenerator<ProfiledColumn> {
    for (const column of ['prediction', ...columns.map(([name]) => name)]) yield columnOf(column)!;
  }

  const fake: FakeDrift = {
    days: 30,
    alarms: [
      {
        ...{ statistic: 'answer_residual', key: 'algebra', at: today - 9 * dayMs },
        ...{ alarms: 1, before: 0.01, after: -0.16 },
      },
    ],
    async drift(query) {
      const frame = frameOf(query);
      const isShown = ({ at }: DriftAlarm) => at === null || at >= (frame.shown[0] ?? 0);
      return driftAnswer(frame, all(), fake.alarms.filter(isShown));
    },
    async driftDetail(column, query) {
      const profiled = columnOf(column);
      return profiled === undefined ? undefined : driftDetail(frameOf(query), profiled, query.day);
    },
  };
  return fake;
}
