/** Memory of what is learnt of many users, in one partition and one process, where it is densest. */
import { share } from 'rxjs';
import type { Chunk } from '../../contracts/chunk.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { watermark } from '../../operators/watermark.ts';
import { Instance } from '../../pipelines/instance.ts';
import { preferences } from '../../pipelines/preferences/preferences.ts';
import { topics } from '../../sources/campus/curriculum.ts';
import { residentMb } from '../support/memory.ts';

const ratingsPerUser = 3;
const chunkEvents = 4_000;

/** Preferences and what they need, nothing else. */
const liking: Pipeline = {
  name: 'liking',
  version: 1,
  summary: 'Preferences alone.',
  columns: { strings: ['context.topic'], numbers: [] },
  build(events, context) {
    const timed = events.pipe(
      watermark({ latenessMs: 60_000, timeless: [], table: context.tables.objects('clock') }),
      share(),
    );
    return timed.pipe(
      preferences(context, 'liking', {
        name: 'topic',
        attribute: 'context.topic',
        signals: [{ type: 'rated', times: 0.5, plus: -1.5 }],
      }),
    );
  },
};

function chunkOf(firstOffset: number, users: number, startAt: number): Chunk {
  const ends = new Int32Array(chunkEvents);
  let text = '';
  for (let i = 0; i < chunkEvents; i += 1) {
    const n = firstOffset + i;
    const user = n % users;
    const topic = topics[(user + Math.floor(n / users) * 3) % topics.length];
    const time = new Date(startAt + n * 2).toISOString();
    text +=
      `{"id":"rating-${n}","type":"rated","time":"${time}","user":"student-${user}",` +
      `"item":"item-${user % 500}","value":${1 + ((user * 7 + n) % 5)},"context":{"topic":"${topic}"}}`;
    ends[i] = text.length;
  }
  const bytes = Buffer.from(text, 'latin1');
  return { partition: 0, firstOffset, length: chunkEvents, receivedAt: Date.now(), bytes, ends };
}

export function manyLikings(users: number): Record<string, number> {
  const events = users * ratingsPerUser;
  const instance = new Instance(liking, 0, 1);
  const startAt = Date.now() - events * 2;
  globalThis.gc?.();
  const before = residentMb([process.pid]);
  let peak = 0;
  const cpu = process.cpuUsage().user;
  for (let offset = 0; offset < events; offset += chunkEvents) {
    instance.push(chunkOf(offset, users, startAt));
    if (instance.events < 50_000) continue;
    instance.cut(true);
    peak = Math.max(peak, residentMb([process.pid]));
  }
  instance.cut(true);
  const seconds = (process.cpuUsage().user - cpu) / 1e6;
  globalThis.gc?.();
  const after = residentMb([process.pid]);
  const held = instance.tables.find(({ name }) => name === 'preference-topic-users')!.size;
  instance.close();
  return {
    memory_users: held,
    memory_process_mb: after,
    memory_peak_mb: Math.max(peak, after),
    memory_state_mb: after - before,
    memory_events_per_cpu_s: events / seconds,
  };
}
