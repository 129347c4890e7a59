/** Events as they come to an institution while somebody looks at its dashboard: a few a second, of all kinds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asLines } from '../../cli/lines.ts';
import { createCampus } from '../../sources/campus/campus.ts';

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
    if (block.length > 0) {
      const response = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: asLines(block),
      });
      await response.arrayBuffer();
    }
    await sleep(everyMs);
  }
}
