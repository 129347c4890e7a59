/** Events as they come to an institution while somebody looks at its dashboard: a few a second, of all kinds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asLines } from '../../cli/lines.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import { postEvents } from './postEvents.ts';

const students = 20_000;
const everyMs = 250;
const hour = 3_600_000;
const day = 24 * hour;

/** @param rate events per second by day, about */
export async function whileEventsCome<Value>(
  url: string,
  rate: number,
  run: () => Promise<Value>,
): Promise<Value> {
  const now = Date.now();
  // It is noon there.
  const zoneOffsetMs = day / 2 - (now % day);
  const campus = createCampus({
    ...{ seed: 9, students, intensity: rate, start: now - hour, zoneOffsetMs },
  });
  const stream = campus.open(now);
  const over = new AbortController();
  const sent = send(url, () => stream.advance(Date.now(), 5_000), over.signal);
  sent.catch(() => {}); // thrown at the end
  try {
    return await run();
  } finally {
    over.abort();
    await sent;
  }
}

type Block = Parameters<typeof asLines>[0] & { readonly length: number };

async function send(url: string, next: () => Block, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const block = next();
    const status = block.length === 0 ? 202 : await postEvents(url, asLines(block));
    // 422: all of a block were malformed, as some of the campus are.
    if (status !== 202 && status !== 422) throw new Error(`The events were answered ${status}`);
    await sleep(everyMs);
  }
}
