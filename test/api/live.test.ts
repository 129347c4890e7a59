/** `/v1/live`: one poller for all, only while someone listens; a slow listener gets the newest and no more. */
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { listen } from '../../api/listen.ts';
import { createLiveFeed, type Listener } from '../../api/live/liveFeed.ts';
import { type Outlet, sseListener } from '../../api/live/sseListener.ts';
import { LiveDelta, LiveTick } from '../../contracts/api.ts';
import { now, partition, serverOf } from './fakes.ts';

const tick = (committed: number): LiveTick => ({
  time: now,
  eventsPerSecond: 1,
  lagEvents: 0,
  committed,
  health: { state: 'good', sentence: 'All is well.', checks: [] },
});

interface Frame {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

function frameOf(text: string): Frame {
  const [, id = '', event = '', data = ''] =
    /^id: (.+)\nevent: (.+)\ndata: (.+)\n\n$/.exec(text) ?? [];
  return { id, event, data: JSON.parse(data) as Frame['data'] };
}

function listenerOf(): Listener & { frames: Frame[]; beats: number; ended: boolean } {
  const listener = {
    frames: [] as Frame[],
    beats: 0,
    ended: false,
    offer: (frame: () => string | undefined) => {
      const text = frame();
      if (text !== undefined) listener.frames.push(frameOf(text));
    },
    beat: () => {
      listener.beats += 1;
    },
    end: () => {
      listener.ended = true;
    },
  };
  return listener;
}

describe('the feed', () => {
  afterEach(() => vi.useRealTimers());

  test('reads four times a second for all, and only while someone listens', async () => {
    vi.useFakeTimers();
    let reads = 0;
    const feed = createLiveFeed(async () => tick(++reads), 'e');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(reads).toBe(0);
    const [first, second] = [listenerOf(), listenerOf()];
    const removeFirst = feed.add(first);
    const removeSecond = feed.add(second);
    await vi.advanceTimersByTimeAsync(750);
    expect(reads).toBe(4);
    expect(first.frames.map(({ id }) => id)).toEqual(['e-1', 'e-2', 'e-3', 'e-4']);
    expect(first.frames.map(({ event }) => event)).toEqual(['snapshot', 'delta', 'delta', 'delta']);
    expect(second.frames).toEqual(first.frames);
    removeFirst();
    removeSecond();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('tells what changed and the time, and is quiet but for its beat when nothing does', async () => {
    vi.useFakeTimers();
    let state = tick(1);
    let time = 0;
    const feed = createLiveFeed(async () => ({ ...state, time: ++time }), 'e');
    const listener = listenerOf();
    feed.add(listener);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener.frames.map(({ data }) => data)).toEqual([{ ...state, time: 1 }]);
    expect(listener.beats).toBe(30);
    state = { ...state, lagEvents: 7 };
    await vi.advanceTimersByTimeAsync(250);
    expect(listener.frames.slice(1)).toEqual([
      { id: 'e-2', event: 'delta', data: { time, lagEvents: 7 } },
    ]);
    feed.close();
  });

  test('changes as fast as can be are told at most four times a second', async () => {
    vi.useFakeTimers();
    let state = tick(0);
    const busy = setInterval(() => {
      state = tick(state.committed + 1);
    }, 1);
    const feed = createLiveFeed(async () => state, 'e');
    const listener = listenerOf();
    feed.add(listener);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(listener.frames.length).toBeGreaterThan(38);
    expect(listener.frames.length).toBeLessThanOrEqual(41);
    expect(listener.frames.at(-1)!.data['committed']).toBeGreaterThan(9_900);
    clearInterval(busy);
    feed.close();
  });

  test('who comes back goes on from what it knows; a stranger, or one of another run, is told all', async () => {
    vi.useFakeTimers();
    let state = tick(1);
    const feed = createLiveFeed(async () => state, 'e');
    const removeFirst = feed.add(listenerOf());
    await vi.advanceTimersByTimeAsync(10);
    removeFirst();
    // Nobody listens for a while: what is told then is not what was known before.
    await vi.advanceTimersByTimeAsync(5_000);
    state = tick(2);
    const [stranger, returning, foreign, upToDate] = Array.from({ length: 4 }, listenerOf);
    feed.add(returning!, 'e-1');
    feed.add(stranger!);
    feed.add(foreign!, 'd-1');
    await vi.advanceTimersByTimeAsync(10);
    feed.add(upToDate!, 'e-2');
    expect(returning!.frames).toEqual([
      { id: 'e-2', event: 'delta', data: { time: now, committed: 2 } },
    ]);
    for (const { frames } of [stranger!, foreign!]) {
      expect(frames).toEqual([{ id: 'e-2', event: 'snapshot', data: { ...state } }]);
    }
    // It learns that the line is up.
    expect(upToDate!.frames).toEqual([{ id: 'e-2', event: 'delta', data: { time: now } }]);
    feed.close();
  });

  test('beats while reading fails or hangs, and never reads twice at a time', async () => {
    vi.useFakeTimers();
    let reads = 0;
    const feed = createLiveFeed(() => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('away')) : new Promise<never>(() => undefined);
    }, 'e');
    const listener = listenerOf();
    feed.add(listener);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(reads).toBe(2);
    expect(listener.beats).toBe(15);
    expect(listener.frames).toEqual([]);
    feed.close();
    expect(listener.ended).toBe(true);
    expect(feed.full).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** A connection whose other end stops reading. */
function outletOf() {
  const emitter = new EventEmitter();
  const outlet = Object.assign(emitter, {
    written: [] as string[],
    full: false,
    destroyed: false,
    writableNeedDrain: false,
    write: (text: string) => {
      outlet.written.push(text);
      return !outlet.full;
    },
    end: () => emitter.emit('close'),
    destroy: () => {
      outlet.destroyed = true;
      emitter.emit('close');
    },
  });
  return outlet;
}

describe('a slow listener', () => {
  afterEach(() => vi.useRealTimers());
  const frame = (id: number) => () => `tick ${id}`;

  test('gets the newest frame when it is ready again, and only that', () => {
    const outlet = outletOf();
    const listener = sseListener(outlet as unknown as Outlet);
    outlet.full = true;
    for (let id = 1; id <= 50; id += 1) listener.offer(frame(id));
    listener.beat();
    expect(outlet.written).toEqual(['tick 1']);
    outlet.full = false;
    outlet.emit('drain');
    expect(outlet.written).toEqual(['tick 1', 'tick 50']);
    outlet.full = true;
    listener.offer(frame(50.5));
    listener.offer(() => undefined);
    outlet.full = false;
    outlet.emit('drain');
    expect(outlet.written.at(-1)).toBe('tick 50.5');
    listener.offer(frame(51));
    expect(outlet.written.at(-1)).toBe('tick 51');
  });

  test('that never reads is cut off', () => {
    vi.useFakeTimers();
    const outlet = outletOf();
    const listener = sseListener(outlet as unknown as Outlet);
    outlet.full = true;
    listener.offer(frame(1));
    vi.advanceTimersByTime(29_000);
    expect(outlet.destroyed).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(outlet.destroyed).toBe(true);
  });
});

describe('over HTTP', () => {
  let app: FastifyInstance;
  afterEach(() => app.close());

  test('a listener receives ticks that fit the schema, and closing the server ends its stream', async () => {
    let committedOffset = 500;
    app = serverOf({
      engine: {
        partitions: () => [
          partition(),
          partition({ partition: 1, committedOffset: committedOffset++, endOffset: 510 }),
        ],
      },
      live: { intervalMs: 20 },
    });
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/v1/live`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    let text = '';
    const decoder = new TextDecoder();
    let closing: Promise<unknown> | undefined;
    for await (const chunk of answer.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (closing === undefined && text.split('data: ').length > 3) closing = app.close();
    }
    await closing; // the loop ended because the server did
    expect(text.startsWith('retry: 2000\n\n')).toBe(true);
    const messages = [...text.matchAll(/^id: (\S+)\nevent: \w+\ndata: (.+)$/gm)];
    expect(messages.length).toBeGreaterThanOrEqual(3);
    expect(new Set(messages.map((match) => match[1])).size).toBe(messages.length);
    const [first, second] = messages.map((match) => JSON.parse(match[2]!) as unknown);
    expect(LiveDelta.parse(second)).toMatchObject({ time: now });
    const { committed, lagEvents } = LiveTick.parse(first);
    expect(committed + lagEvents).toBe(1_510);
    expect(first).toMatchObject({
      committedAt: now - 400,
      eventsPerSecond: 200,
      health: { state: 'good' },
    });
  });

  test('too many listeners are told to come again, and leaving makes room', async () => {
    app = serverOf({ live: { listenersMax: 2, intervalMs: 20 } });
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const stops = [new AbortController(), new AbortController()];
    for (const { signal } of stops) await fetch(`${url}/v1/live`, { signal });
    const third = await fetch(`${url}/v1/live`);
    expect(third.status).toBe(503);
    expect(third.headers.get('retry-after')).toBe('1');
    for (const stop of stops) stop.abort();
    await expect
      .poll(async () => {
        const stop = new AbortController();
        const { status } = await fetch(`${url}/v1/live`, { signal: stop.signal });
        stop.abort();
        return status;
      })
      .toBe(200);
  });

  test('a connection that is never read holds less than two frames, however many ticks pass', async () => {
    let reads = 0;
    // The detail stands twice in a frame, which so has about 1 MB: some tens fill any buffer of the system.
    const detail = 'x'.repeat(500_000);
    const engine = {
      partitions: () => {
        reads += 1;
        return [partition({ state: 'failed', detail: `${detail}${reads}` })];
      },
    };
    app = serverOf({ engine, live: { intervalMs: 1 } });
    const outlets: ServerResponse[] = [];
    const written: number[] = [];
    app.addHook('onRequest', async ({ url }, { raw: outlet }) => {
      if (url !== '/v1/live') return;
      outlets.push(outlet);
      const write = outlet.write.bind(outlet) as (text: string) => boolean;
      vi.spyOn(outlet, 'write').mockImplementation((text: string) => {
        written.push(text.length);
        return write(text);
      });
    });
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pause();
    socket.write('GET /v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await expect.poll(() => outlets.length).toBe(1);
    const [outlet] = outlets as [ServerResponse];
    await expect.poll(() => outlet.writableNeedDrain).toBe(true);
    const until = reads + 200;
    await expect.poll(() => reads).toBeGreaterThan(until);
    const frameBytes = Math.max(...written);
    expect(frameBytes).toBeGreaterThan(1_000_000);
    expect(outlet.writableLength).toBeLessThan(2 * frameBytes);
    socket.destroy();
    await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toContain('listeners 0');
  });
});
