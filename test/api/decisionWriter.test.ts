import { describe, expect, test } from 'vitest';
import { createDecisionWriter } from '../../api/decisions/decisionWriter.ts';
import type { EventsAnswer } from '../../contracts/api.ts';

interface Append {
  readonly lines: readonly string[];
  answer(refusals?: EventsAnswer['refusals']): void;
  fail(error: Error): void;
}

/** A log that answers when it is told to. */
function slowLog() {
  const appends: Append[] = [];
  const ingest = (body: Uint8Array) =>
    new Promise<EventsAnswer>((resolve, reject) => {
      const lines = new TextDecoder().decode(body).split('\n');
      appends.push({
        lines,
        answer: (refusals = []) =>
          resolve({
            accepted: lines.length - refusals.length,
            ...{ refused: refusals.length, refusals },
          }),
        fail: reject,
      });
    });
  const next = (count: number) => expect.poll(() => appends.length).toBe(count);
  return { appends, ingest, next };
}

describe('decisions are written', () => {
  test.each([0, 5])(
    'together, and while they are the next ones gather: %d ms',
    async (gatherMs) => {
      const { appends, ingest, next } = slowLog();
      const writer = createDecisionWriter({ ingest }, { gatherMs });
      const first = [writer.write('a'), writer.write('ä–😀')];
      await next(1);
      const second = [writer.write('c'), writer.write('d'), writer.write('e')];
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(appends.map(({ lines }) => lines)).toEqual([['a', 'ä–😀']]);
      appends[0]!.answer();
      await Promise.all(first);
      await next(2);
      appends[1]!.answer();
      await Promise.all(second);
      expect(appends.map(({ lines }) => lines)).toEqual([
        ['a', 'ä–😀'],
        ['c', 'd', 'e'],
      ]);
    },
  );

  test('a refusal is that of one, an error that of those that went together', async () => {
    const { appends, ingest, next } = slowLog();
    const writer = createDecisionWriter({ ingest });
    const [good, bad] = [writer.write('good'), writer.write('bad')];
    const refused = expect(bad).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: 'The decision was refused: too long',
    });
    await next(1);
    appends[0]!.answer([{ index: 1, code: 'EVENT_INVALID', reason: 'too long' }]);
    await Promise.all([good, refused]);

    const lost = expect(writer.write('lost')).rejects.toThrow('the disk is full');
    await next(2);
    const later = writer.write('later');
    appends[1]!.fail(new Error('the disk is full'));
    await lost;
    await next(3);
    appends[2]!.answer();
    await later;
  });

  test('in parts, when they are more than the door takes at once', async () => {
    const { appends, ingest, next } = slowLog();
    const writer = createDecisionWriter({ ingest });
    const all = Array.from({ length: 4_500 }, (_, i) => writer.write(`${i}`));
    await next(3);
    expect(appends.map(({ lines }) => lines.length)).toEqual([2_000, 2_000, 500]);
    for (const { answer } of appends) answer();
    await Promise.all(all);
  });

  test('before the end: what gathers is not lost when the engine stops', async () => {
    const { appends, ingest, next } = slowLog();
    const writer = createDecisionWriter({ ingest }, { gatherMs: 50 });
    await writer.drain();
    const written = writer.write('last');
    let isDrained = false;
    const drained = writer.drain().then(() => {
      isDrained = true;
    });
    await next(1);
    expect(isDrained).toBe(false);
    appends[0]!.answer();
    await Promise.all([written, drained]);
  });

  test('a time that is none', () => {
    const { ingest } = slowLog();
    expect(() => createDecisionWriter({ ingest }, { gatherMs: Number.NaN })).toThrow(
      new RangeError('gatherMs: expected at least 0, got NaN'),
    );
  });
});
