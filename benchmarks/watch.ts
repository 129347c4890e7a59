/**
 * A month of the campus through the whole engine, as fast as it goes: what its default watches alert to, beside what was planted.
 *
 * Found is what an alert is about that was noticed within the stated delay, by event time. A false alarm is an alert that fired and
 * that nothing planted explains; on the campus without plants each is one. Nothing is promised of the first day, before any hour
 * of the day has been seen. The seeds are others than those by which the judges were made.
 *
 * `budget_per_week` is what the watches together may raise in a week in which nothing happens.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../cli/engine.ts';
import { asLines } from '../cli/lines.ts';
import { sendUntilTaken } from '../cli/send.ts';
import type { Alert } from '../contracts/alert.ts';
import { readSettings } from '../contracts/settings.ts';
import { AlertsAnswer, type WatchesAnswer } from '../contracts/watchApi.ts';
import { createCampus } from '../sources/campus/campus.ts';
import { defaultPlan } from '../sources/campus/defaultPlan.ts';
import { calm } from '../sources/campus/plan.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';
import { settled } from './support/settled.ts';
import { withDirectory } from './support/temporary.ts';
import {
  isExplained,
  learningMs,
  type Plant,
  type PlantKind,
  plantsOf,
  statedDelayMs,
} from './watch/plants.ts';

const day = 86_400_000;
const week = 7 * day;
/** A Monday, local midnight; everything is UTC. */
const start = Date.UTC(2026, 2, 2);

/**
 * Seconds without news after which all is judged: statistics of all time are read once a minute. A smoke run does not wait for them.
 */
const quietSeconds = { full: 75, smoke: 20 };
/** Two looks of the watcher, ms. */
const firstLookMs = 12_000;

interface Month {
  readonly seed: number;
  readonly isCalm: boolean;
  readonly quietS: number;
  readonly students: number;
  readonly days: number;
}

interface Watched {
  readonly alerts: readonly Alert[];
  readonly plants: readonly Plant[];
  readonly budgetPerWeek: number;
}

function campusOf({ seed, isCalm, students }: Month) {
  const base = defaultPlan(start, 0, 1);
  const { delivery, ...nothing } = calm;
  const plan = isCalm ? { ...base, ...nothing } : base;
  return createCampus({ seed, students, start, plan });
}

/** Plays a month, waits until all of it is judged, and returns what was alerted. */
async function watchMonth(month: Month): Promise<Watched> {
  const campus = campusOf(month);
  const end = start + month.days * day;
  return withDirectory(async (directory) => {
    const settings = readSettings(
      { MILLRACE_TIME_ZONE: 'UTC' },
      { data: directory, port: 0, pseudonyms: 'off' },
    );
    const engine = await startEngine({ settings, say: () => {} });
    try {
      await addCalendar(engine.url, campus.truth.plan.holidays);
      // What is there before a watch looks for the first time is its past: nothing of it is alerted to.
      await sleep(firstLookMs);
      const stream = campus.open();
      const { signal } = new AbortController();
      for (;;) {
        const block = stream.advance(end, 4_096);
        if (block.length === 0) break;
        const lines = asLines(block);
        await sendUntilTaken(() => engine.ingest(lines, 'application/x-ndjson'), signal);
      }
      await settled(engine, 1_200_000);
      const watches = await judgedTo(engine.url, end, month.quietS);
      const alerts = await allAlerts(engine.url, end);
      return {
        alerts,
        plants: plantsOf(campus.truth.plan, start).filter(({ to }) => to <= end),
        budgetPerWeek: budgetOf(watches),
      };
    } finally {
      await engine.stop();
    }
  });
}

/** Days off are in the calendar, as an institution would have them. */
async function addCalendar(
  url: string,
  holidays: readonly { readonly fromMs: number; readonly toMs: number }[],
): Promise<void> {
  const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  for (const [i, { fromMs, toMs }] of holidays.entries()) {
    const key = `day-off-${i + 1}`;
    const days = { from: dateOf(start + fromMs), to: dateOf(start + toMs - 1) };
    const definition = { key, name: 'Day off', kind: 'holiday', ...days };
    const response = await fetch(`${url}/v1/calendar/${key}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ definition, revision: 0, actor: 'benchmark' }),
    });
    if (!response.ok) throw new Error(`calendar: ${response.status} ${await response.text()}`);
  }
}

async function get<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Waits until nothing more is judged. */
async function judgedTo(url: string, end: number, quietS: number): Promise<WatchesAnswer> {
  const deadline = Date.now() + 900_000;
  for (let before = '', quiet = 0; ; ) {
    const answer = await get<WatchesAnswer>(`${url}/v1/watches`);
    const now = JSON.stringify(answer.watches.map((each) => [each.watch, each.judgedTo]));
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    const isFar = answer.watches.some(
      ({ watch, judgedTo: to }) =>
        watch.definition.source.kind === 'metric' && (to ?? 0) > end - day,
    );
    if (isFar && quiet >= quietS) return answer;
    if (Date.now() > deadline) throw new Error(`not judged: ${now}`);
    await sleep(1_000);
  }
}

async function allAlerts(url: string, end: number): Promise<Alert[]> {
  const { alerts, more } = AlertsAnswer.parse(
    await get(`${url}/v1/alerts?from=${start}&to=${end}&limit=500`),
  );
  if (more) throw new Error('more than 500 alerts');
  return alerts;
}

/** Of the watches that have one: the others follow from budgets in the data plane. */
function budgetOf({ watches }: WatchesAnswer): number {
  return watches
    .map(({ watch }) => watch.definition.judgement)
    .reduce((sum, each) => sum + ('budgetPerWeek' in each ? each.budgetPerWeek : 0), 0);
}

interface Tally {
  planted: number;
  found: number;
  readonly delays: number[];
}

export async function run({ full, most }: Size): Promise<Figures> {
  const students = full ? 2_000 : 100;
  const days = full ? 28 : 3;
  const quietS = full ? quietSeconds.full : quietSeconds.smoke;
  const seeds = most ? [11, 12, 13, 14] : full ? [11, 12] : [11];
  const tallies = new Map<PlantKind, Tally>();
  let explained = 0;
  let unexplained = 0;
  let calmFired = 0;
  let budgetPerWeek = 0;
  for (const seed of seeds) {
    const {
      alerts,
      plants,
      budgetPerWeek: budget,
    } = await watchMonth({
      ...{ seed, students, days, quietS },
      isCalm: false,
    });
    budgetPerWeek = budget;
    const fired = alerts.filter(({ firedAt }) => firedAt !== null);
    for (const plant of plants) {
      if (plant.from < start + learningMs) continue;
      const tally = tallies.get(plant.kind) ?? { planted: 0, found: 0, delays: [] };
      tallies.set(plant.kind, tally);
      tally.planted += 1;
      const delay = delayOf(plant, fired);
      if (delay === undefined || delay > statedDelayMs[plant.kind]) continue;
      tally.found += 1;
      tally.delays.push(delay);
    }
    const told = fired.filter(
      ({ id, incident, since }) => id === incident && since >= start + learningMs,
    );
    for (const alert of told) {
      if (isExplained(alert, plants)) explained += 1;
      else unexplained += 1;
    }
    const quiet = await watchMonth({
      ...{ seed: seed + 100, students, days, quietS },
      isCalm: true,
    });
    calmFired += quiet.alerts.filter(({ firedAt }) => firedAt !== null).length;
  }
  const weeks = (seeds.length * days * day) / week;
  return {
    students,
    days,
    seeds: seeds.length,
    ...Object.fromEntries(
      [...tallies].flatMap(([kind, { planted, found, delays }]) => [
        [`${kind}_planted`, planted],
        [`${kind}_found`, found],
        ...(delays.length === 0
          ? []
          : [
              [`${kind}_delay_p50_min`, quantile(delays, 0.5) / 60_000],
              [`${kind}_delay_max_min`, Math.max(...delays) / 60_000],
            ]),
      ]),
    ),
    planted_alerts_told: explained,
    planted_false_per_week: unexplained / weeks,
    calm_alerts_per_week: calmFired / weeks,
    budget_per_week: budgetPerWeek,
  };
}

/** From its beginning to the first alert about it, event time; undefined when there is none. */
function delayOf(plant: Plant, fired: readonly Alert[]): number | undefined {
  const about = fired
    .filter((alert) => plant.isAbout(alert) && alert.noticedAt > plant.from)
    .map(({ noticedAt, firedAt }) => Math.max(noticedAt, firedAt!) - plant.from);
  return about.length === 0 ? undefined : Math.min(...about);
}
