/** How far event time has come, and how many users are active: of the archive of events. */
import { bounded, type Reader } from '../../statement.ts';

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

const newest = bounded(`
  SELECT toUnixTimestamp64Milli(max(time)) AS newest, count() AS events
  FROM events
  WHERE time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`);

/**
 * End of the newest data; undefined: there is none.
 *
 * @param since a time that there were events later than, ms: what lies before is not read
 * @param now   by the clock: what says that it happens later says no more than that it is here
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readEventTime(
  reader: Reader,
  since: number,
  now: number,
): Promise<number | undefined> {
  const rows = await reader.query<{ newest: number; events: number }>(newest, {
    since: Math.max(0, Math.floor(since)),
  });
  const [row] = rows;
  return row === undefined || row.events === 0 ? undefined : Math.min(row.newest, now);
}

const active = bounded(`
  SELECT toUInt64(uniqCombined(17)(user)) AS users
  FROM events
  WHERE time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`);

/** So few are counted at each look: it costs little, and an engine that begins has others a minute later. */
const fewUsers = 1_000;

/** Users of the last seven days of event time, within about 1 %; read once in an hour of it. */
export class ActiveUsers {
  #hour = Number.NaN;
  #users = 0;

  /** @throws EngineError SINK_UNAVAILABLE */
  async read(reader: Reader, eventTime: number): Promise<number> {
    const hour = Math.floor(eventTime / hourMs);
    if (hour === this.#hour && this.#users >= fewUsers) return this.#users;
    const to = Math.floor(eventTime) + 1;
    const rows = await reader.query<{ users: number }>(active, {
      ...{ from: Math.max(0, to - weekMs), to },
    });
    this.#users = rows[0]?.users ?? 0;
    this.#hour = hour;
    return this.#users;
  }
}
