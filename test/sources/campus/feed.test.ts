import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { createCampus } from '../../../sources/campus/campus.ts';
import { type FeedOptions, type FeedProgress, feedCampus } from '../../../sources/campus/feed.ts';

const hour = 3_600_000;
const now0 = Date.UTC(2026, 2, 4, 12);
const campus = createCampus({ seed: 11, start: now0 - 24 * hour, students: 120 });

/** A feed with a clock of its own, ended after `endMs`. */
function rig(options: Partial<FeedOptions> & { endMs: number }) {
  const stop = new AbortController();
  const taken: string[] = [];
  const sizes: number[] = [];
  const progress: FeedProgress[] = [];
  let time = now0;
  const take: FeedOptions['append'] = async ({ bytes, ends, length }) => {
    sizes.push(length);
    for (let i = 0; i < length; i += 1) {
      taken.push(Buffer.from(bytes.subarray(ends[i - 1] ?? 0, ends[i])).toString('latin1'));
    }
  };
  const feed = (append = take) =>
    feedCampus({
      campus,
      append,
      now: () => time,
      signal: stop.signal,
      wait: async (ms) => {
        time += ms;
        if (time >= now0 + options.endMs) stop.abort();
      },
      onProgress: (report) => progress.push(report),
      tickMs: 10_000,
      ...options,
    });
  return { feed, take, taken, sizes, progress, stop, clock: () => time };
}

function expected(to: number, from = campus.start): string[] {
  return Array.from(campus.events(from, to), ({ bytes }) => Buffer.from(bytes).toString('latin1'));
}

describe('the feed', () => {
  test('tells the past in bounded blocks, then the present as it comes', async () => {
    const { feed, taken, sizes, progress } = rig({ endMs: hour, blockLength: 500 });
    const last = await feed();
    // The last look is one tick before the end.
    expect(taken).toEqual(expected(now0 + hour - 10_000));
    expect(Math.max(...sizes)).toBe(500);
    const turned = progress.findIndex(({ phase }) => phase === 'live');
    expect(progress[turned]!.campusTime).toBe(now0);
    expect(progress[turned]!.records).toBe(expected(now0).length);
    expect(last.phase).toBe('live');
    expect(last.records).toBe(taken.length);
    expect(last.bytes).toBe(taken.join('').length);
  });

  test('offers a block again, unchanged, until it is taken, waiting longer each time', async () => {
    const waits: number[] = [];
    const { feed, take, taken, stop } = rig({
      endMs: hour,
      blockLength: 1_000,
      wait: async (ms) => {
        waits.push(ms);
        if (ms === 10_000) stop.abort();
      },
    });
    let calls = 0;
    const last = await feed(async (block) => {
      calls += 1;
      if (calls > 1 && calls < 7) throw new EngineError('OVERLOADED', 'no room');
      await take(block);
    });
    expect(waits).toEqual([50, 100, 200, 400, 800, 10_000]);
    expect(last.retries).toBe(5);
    expect(taken).toEqual(expected(now0));
  });

  test('ends with the error that is not to be retried', async () => {
    const { feed } = rig({ endMs: hour });
    const never = feed(() => Promise.reject(new EngineError('BODY_INVALID', 'no')));
    await expect(never).rejects.toMatchObject({ code: 'BODY_INVALID' });
    const broken = rig({ endMs: hour }).feed(() => Promise.reject(new TypeError('broken')));
    await expect(broken).rejects.toThrow('broken');
  });

  test('gives up a block that is refused again and again when it is told to stop', async () => {
    const { feed } = rig({ endMs: 1_000 });
    const last = await feed(() => Promise.reject(new EngineError('LOG_FULL', 'full')));
    expect(last.records).toBe(0);
    expect(last.campusTime).toBe(campus.start);
  });

  test('goes on where an earlier feed ended', async () => {
    const from = now0 - 2 * hour;
    const { feed, taken } = rig({ endMs: hour, from });
    await feed();
    expect(taken).toEqual(expected(now0 + hour - 10_000, from));
  });

  test('runs ahead of the wall clock when sped up, but not further than events may', async () => {
    const fast = rig({ endMs: hour, speed: 6 });
    const last = await fast.feed();
    expect(last.campusTime).toBe(now0 + 6 * (hour - 10_000));
    const faster = await rig({ endMs: hour, speed: 100 }).feed();
    expect(faster.campusTime - (now0 + hour)).toBeLessThanOrEqual(12 * hour);
    expect(faster.campusTime - (now0 + hour)).toBeGreaterThan(11.9 * hour);
  });

  test('stops at once in real time, in the middle of a wait', async () => {
    const stop = new AbortController();
    const started = performance.now();
    const feeding = feedCampus({
      campus,
      append: async () => {},
      now: () => now0,
      signal: stop.signal,
      tickMs: 60_000,
      from: now0,
    });
    setTimeout(() => stop.abort(), 20);
    await feeding;
    expect(performance.now() - started).toBeLessThan(5_000);
    await expect(
      feedCampus({
        campus,
        append: async () => {},
        now: () => now0,
        signal: stop.signal,
        speed: 0,
      }),
    ).rejects.toThrow('speed: expected > 0, got 0');
  });
});
