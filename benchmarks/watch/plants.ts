/** What is planted in a campus, as watches may find it: when, what, and which alerts are about it. */
import type { Alert } from '../../contracts/alert.ts';
import { skills, topics } from '../../sources/campus/curriculum.ts';
import type { CampusPlan } from '../../sources/campus/plan.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type PlantKind = 'outage' | 'burst' | 'latency' | 'bot' | 'revision' | 'taste';

export interface Plant {
  readonly kind: PlantKind;
  /** ms since 1970. */
  readonly from: number;
  /** End of what it does; of a change that stays, the time that it may take to be found. */
  readonly to: number;
  /** Whether an alert is about it, apart from the time. */
  isAbout(alert: Alert): boolean;
}

/**
 * How long after its beginning each must have been noticed, event time: a bucket of five minutes and one more for the season's
 * slack; a window of behaviour with the lateness; answers and ratings enough to tell a change, of 2,000 students.
 */
export const statedDelayMs: Readonly<Record<PlantKind, number>> = {
  outage: 15 * minute,
  burst: 15 * minute,
  latency: 15 * minute,
  bot: 30 * minute,
  revision: 12 * hour,
  taste: 12 * hour,
};

/** Before an hour of the day has been seen once nothing about metrics is promised. */
export const learningMs = day;

export function plantsOf(plan: CampusPlan, start: number): Plant[] {
  const user = (student: number) => `student-${String(1_000_000 + student).slice(1)}`;
  const span = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) => ({
    from: start + fromMs,
    to: start + toMs,
  });
  const stays = (kind: PlantKind, atMs: number) => ({
    from: start + atMs,
    to: start + atMs + statedDelayMs[kind],
  });
  const plants: Plant[] = [
    ...plan.outages.map(
      (each): Plant => ({
        ...{ kind: 'outage', ...span(each) },
        isAbout: ({ lane, direction }) => lane === 'ingest' && direction === 'fall',
      }),
    ),
    ...plan.bursts.map(
      (each): Plant => ({
        ...{ kind: 'burst', ...span(each) },
        isAbout: ({ lane, direction }) => lane === 'ingest' && direction === 'rise',
      }),
    ),
    ...plan.latencySpikes.map(
      (each): Plant => ({
        ...{ kind: 'latency', ...span(each) },
        isAbout: ({ watch, direction }) => watch.includes('latency') && direction === 'rise',
      }),
    ),
    ...plan.bots.map(
      (each): Plant => ({
        ...{ kind: 'bot', ...span(each) },
        isAbout: ({ key }) => key.includes(user(each.student)),
      }),
    ),
    ...plan.revisions.map(
      ({ atMs, skill }): Plant => ({
        ...{ kind: 'revision', ...stays('revision', atMs) },
        isAbout: ({ key }) => key.includes(skills[skill]!),
      }),
    ),
    ...plan.tasteDrifts.map(
      ({ atMs, topic }): Plant => ({
        ...{ kind: 'taste', ...stays('taste', atMs) },
        isAbout: ({ key }) => key.includes(topics[topic]!),
      }),
    ),
  ];
  return plants.sort((a, b) => a.from - b.from);
}

/** An alert about it; or one that began while something passing went on or within an hour after, in whatever lane. */
export function isExplained(alert: Alert, plants: readonly Plant[]): boolean {
  return plants.some((plant) => {
    const { kind, from, to } = plant;
    const passes = kind !== 'revision' && kind !== 'taste';
    const during = alert.since >= from - 10 * minute && alert.since <= to + hour;
    return during && (passes || plant.isAbout(alert));
  });
}
