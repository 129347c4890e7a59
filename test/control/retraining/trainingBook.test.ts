import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { RunRecorder } from '../../../control/retraining/runRecorder.ts';
import { byOf, newRun, type StoredRun, withLog } from '../../../control/retraining/storedRun.ts';
import { openTrainingBook } from '../../../control/retraining/trainingBook.ts';
import { smallPlan } from '../../support/fakeRetraining.ts';
import { memoryDefinitions } from '../../support/memoryDefinitions.ts';

const plan = smallPlan();
const ada = { actor: 'ada', reason: 'to see' };
const cause = { kind: 'manual', sentence: 'Ada wants it', figures: {} } as const;
const asked = (causeId: string, at = 1_000): StoredRun =>
  newRun({ model: 'answers', cause, causeId, causeAt: 0, plan }, at);
const opened = (store = memoryDefinitions()) => openTrainingBook({ store, say: () => {} });

describe('the book of runs', () => {
  test('has one run for one cause, whoever adds it', async () => {
    const store = memoryDefinitions();
    const [one, other] = [await opened(store), await opened(store)];
    const added = await Promise.all([one.add(asked('a'), ada), other.add(asked('a', 2_000), ada)]);
    expect(added.filter(Boolean)).toHaveLength(1);
    await Promise.all([one.refresh(), other.refresh()]);
    expect(one.all()).toHaveLength(1);
    expect(one.all()).toEqual(other.all());
    expect(await one.add(asked('b'), ada)).toBe(true);
    await Promise.all([one.close(), other.close()]);
  });

  test('what was asked for last comes first', async () => {
    const book = await opened();
    for (const [causeId, at] of [
      ['a', 2],
      ['b', 3],
      ['c', 1],
    ] as const) {
      await book.add(asked(causeId, at), ada);
    }
    expect(book.all().map(({ causeId }) => causeId)).toEqual(['b', 'a', 'c']);
    await book.close();
  });

  test('a cancellation in another process is not written over', async () => {
    const store = memoryDefinitions();
    const [worker, server] = [await opened(store), await opened(store)];
    const run = asked('a');
    await worker.add(run, ada);
    expect(await server.cancel(run.run.id, ada)).toBe('cancelling');
    // Of two revisions with one number the earlier counts: by the millisecond.
    await sleep(2);
    // The worker has not looked since.
    const written = await worker.write(withLog(run, 'It trains.', 5), byOf(run));
    expect(written.cancelled).toEqual(ada);
    expect(written.run.log).toHaveLength(1);
    await server.refresh();
    expect(server.get(run.run.id)).toEqual(written);
    await Promise.all([worker.close(), server.close()]);
  });

  test('of what is over nothing is cancelled', async () => {
    const book = await opened();
    const run = asked('a');
    await book.add(run, ada);
    await book.write({ ...run, run: { ...run.run, state: 'done' } }, ada);
    expect(await book.cancel(run.run.id, ada)).toBe('over');
    expect(await book.cancel('manual-0', ada)).toBe('absent');
    expect(book.get(run.run.id)!.cancelled).toBeNull();
    await book.close();
  });
});

describe('a recorder', () => {
  /** What is written when, by a clock that the test moves. */
  function recording(write: (stored: StoredRun) => Promise<StoredRun> = async (stored) => stored) {
    const written: StoredRun[] = [];
    let now = 0;
    const stored = asked('a');
    const abort = new AbortController();
    const recorder = new RunRecorder({
      ...{ stored, clock: () => now, say: () => {}, signal: abort.signal, pauseMs: 1 },
      book: {
        get: () => stored,
        async write(next) {
          written.push(next);
          return write(next);
        },
      },
    });
    const set = (to: number) => {
      now = to;
    };
    return { recorder, written, stored, abort, set };
  }

  test('writes how far a run is at most every two seconds, and seldom when it takes long', async () => {
    const { recorder, written, stored, set } = recording();
    for (let now = 0; now <= 3_600_000; now += 250) {
      set(now);
      recorder.show(stored);
      await Promise.resolve();
      await Promise.resolve();
    }
    // Every 2 s up to 20 s, then each time after a tenth of what it took: 9 + ln(180) / ln(10/9) at most.
    expect(written.length).toBeGreaterThan(40);
    expect(written.length).toBeLessThanOrEqual(9 + Math.ceil(Math.log(180) / Math.log(10 / 9)));
  });

  test('waits for the store when a state matters', async () => {
    let failures = 0;
    const { recorder, written, stored } = recording(async (next) => {
      failures += 1;
      if (failures < 4) throw new EngineError('SINK_UNAVAILABLE', 'no answer');
      return next;
    });
    expect(await recorder.record(stored)).toBe(stored);
    expect(written).toHaveLength(4);
  });

  test('gives up when the run is to end meanwhile', async () => {
    const away = recording(() => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'no answer')));
    const waiting = away.recorder.record(away.stored);
    away.abort.abort();
    await expect(waiting).rejects.toThrow('no answer');
  });
});
