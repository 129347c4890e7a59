/** A producer over HTTP that must not lose an event: it repeats each body until it is acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asLines } from '../../cli/lines.ts';
import { EventsAnswer } from '../../contracts/api.ts';
import type { Campus } from '../../sources/campus/campus.ts';
import { withPolicy } from './trialPolicies.ts';
import { withClass } from './trials.ts';

/** Bodies of newline-delimited campus events, with the ids of the good ones. */
function* bodies(campus: Campus, count: number): Generator<Uint8Array> {
  let records: Uint8Array[] = [];
  let sent = 0;
  for (const { bytes } of campus.events(campus.start, Date.now())) {
    records.push(withPolicy(withClass(bytes.slice())));
    if (records.length < 40) continue;
    const ends = new Int32Array(records.length);
    let size = 0;
    records.forEach((record, i) => {
      size += record.length;
      ends[i] = size;
    });
    yield asLines({ bytes: Buffer.concat(records), ends });
    records = [];
    sent += 40;
    if (sent >= count) return;
  }
}

export class Producer {
  /** User and id of each event that an answer called accepted. */
  readonly acknowledged = new Set<string>();
  repeated = 0;
  readonly #bodies: Iterator<Uint8Array>;

  /** @param campus whose events are sent, so many at most */
  constructor(campus: Campus, count: number) {
    this.#bodies = bodies(campus, count);
  }

  async run(current: () => string | undefined, stop: AbortSignal): Promise<void> {
    for (;;) {
      const { value: body, done } = this.#bodies.next();
      if (done === true || body === undefined) break;
      for (;;) {
        if (stop.aborted) return;
        const answer = await this.#send(current(), body);
        if (answer !== undefined) {
          this.#remember(body, answer);
          break;
        }
        this.repeated += 1;
        await sleep(100);
      }
      await sleep(10);
    }
  }

  #remember(body: Uint8Array, answer: EventsAnswer): void {
    const refused = new Set(answer.refusals.map(({ index }) => index));
    const lines = Buffer.from(body).toString('utf8').trimEnd().split('\n');
    lines.forEach((line, index) => {
      if (refused.has(index)) return;
      const { user, id } = JSON.parse(line) as { user: string; id: string };
      this.acknowledged.add(`${user} ${id}`);
    });
  }

  async #send(url: string | undefined, body: Uint8Array): Promise<EventsAnswer | undefined> {
    if (url === undefined) return undefined;
    try {
      const response = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: Buffer.from(body),
      });
      return response.status === 202 ? EventsAnswer.parse(await response.json()) : undefined;
    } catch {
      return undefined;
    }
  }
}
