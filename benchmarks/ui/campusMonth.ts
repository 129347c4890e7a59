/** An institution's month in a data directory, as the engine would have made it: events of a campus, its experiments and its policy. */
import { setTimeout as sleep } from 'node:timers/promises';
import { defineCampusExperiments } from '../../cli/campusExperiments.ts';
import { defineCampusPolicy } from '../../cli/campusTutor.ts';
import { startEngine } from '../../cli/engine.ts';
import { asLines } from '../../cli/lines.ts';
import { sendUntilTaken } from '../../cli/send.ts';
import { readSettings } from '../../contracts/settings.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import { settled } from '../support/settled.ts';

export interface Month {
  readonly students: number;
  readonly days: number;
  readonly events: number;
}

export interface Filled {
  /** Records that were sent, refused ones among them. */
  readonly sent: number;
  readonly archived: number;
  readonly users: number;
  readonly seconds: number;
}

const day = 86_400_000;
const batch = 5_000;
/** How long the control plane has for what it owes when all events are in: results, alerts, runs. */
const restMs = { month: 60_000, less: 3_000 };

/** The month ends now. @throws Error when the engine does not take it within an hour */
export async function fillMonth(directory: string, month: Month): Promise<Filled> {
  const { students, days, events } = month;
  const settings = readSettings({}, { data: directory, logGiB: 64, pseudonyms: 'off' });
  const engine = await startEngine({ settings, say: () => {}, serve: false });
  try {
    const started = performance.now();
    const intensity = events / (days * 86_400);
    const start = Date.now() - days * day;
    const campus = createCampus({ seed: 8, students, intensity, start });
    await defineCampusExperiments(engine.experiments!, campus);
    await defineCampusPolicy(engine.policies!, campus);
    const { signal } = new AbortController();
    const stream = campus.open();
    let sent = 0;
    for (;;) {
      const block = stream.advance(Date.now(), batch);
      if (block.length === 0) break;
      const lines = asLines(block);
      await sendUntilTaken(() => engine.ingest(lines, 'application/x-ndjson'), signal);
      sent += block.length;
    }
    await settled(engine, 3_600_000);
    const seconds = (performance.now() - started) / 1_000;
    await sleep(events >= 1_000_000 ? restMs.month : restMs.less);
    const [found] = await engine.store.query<{ archived: number; users: number }>(
      'SELECT toUInt32(count()) AS archived, toUInt32(uniqExact(user)) AS users FROM events',
    );
    return { sent, archived: found!.archived, users: found!.users, seconds };
  } finally {
    await engine.stop();
  }
}
