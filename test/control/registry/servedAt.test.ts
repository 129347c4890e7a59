/** Who served at a time, and in a range: at boundaries above all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ServedAnswer } from '../../../contracts/modelLifeApi.ts';
import { knownModel } from '../../../control/registry/knownModel.ts';
import {
  servedAnswer,
  servedAt,
  servedSpans,
  sharesOf,
} from '../../../control/registry/servedAt.ts';
import { unusedFiles } from '../../../control/registry/unusedFiles.ts';
import { hashOf, modelRow, modelStart, sampleHistory } from '../../support/modelSamples.ts';

const minute = 60_000;
const model = knownModel(sampleHistory(), () => {})!;
const at = (minutes: number) => modelStart + minutes * minute;

function championAt(t: number): string | undefined {
  return servedAt(model, t)?.serving.champion.version;
}

describe('who served', () => {
  test('is nobody before the first, and the new one at the very time of a change', () => {
    expect(championAt(at(0) - 1)).toBeUndefined();
    expect([at(0), at(4) - 1, at(4), at(1_000)].map(championAt)).toEqual(['1', '1', '1.1', '1.1']);
    expect(servedAt(model, at(3))!.serving.release!.share).toBe(0.25);
    expect(servedAt(model, at(3) - 1)!.serving.release!.share).toBe(0);
  });

  test('of two changes at one time is the later', () => {
    const rows = sampleHistory().map((row) => ({ ...row, at: modelStart }));
    const known = knownModel(rows, () => {})!;
    expect(servedAt(known, modelStart)!.serving).toEqual(known.serving);
    expect(servedSpans(known).length).toBe(1);
  });
});

test('as it is asked for: who serves, since when, and who stood beside', () => {
  expect(servedAnswer(model, at(0) - 1)).toBeUndefined();
  expect(ServedAnswer.parse(servedAnswer(model, at(7)))).toEqual({
    ...{ at: at(7), since: at(6), actor: 'ada', reason: 'step 7', champion: '1.1' },
    shares: [
      { version: '1.1', share: 0.95 },
      { version: '1.2', share: 0.05 },
    ],
    release: { id: 'release-1.2', version: '1.2', share: 0.05, stage: 'canary-1' },
    shadows: ['1'],
  });
  // In shadow it serves nobody, and is named all the same.
  expect(servedAnswer(model, at(2))).toMatchObject({
    shares: [{ version: '1', share: 1 }],
    release: { version: '1.1', share: 0, stage: 'shadow' },
  });
});

describe('spans', () => {
  test('begin where shares change, with who changed them and why', () => {
    const all = { actor: 'ada' };
    expect(servedSpans(model)).toEqual([
      // Shadow serves nobody: no new span.
      { from: at(0), to: at(3), shares: [{ version: '1', share: 1 }], ...all, reason: 'step 1' },
      {
        from: at(3),
        to: at(4),
        shares: [
          { version: '1', share: 0.75 },
          { version: '1.1', share: 0.25 },
        ],
        ...all,
        reason: 'step 4',
      },
      { from: at(4), to: at(6), shares: [{ version: '1.1', share: 1 }], ...all, reason: 'step 5' },
      {
        from: at(6),
        to: null,
        shares: [
          { version: '1.1', share: 0.95 },
          { version: '1.2', share: 0.05 },
        ],
        ...all,
        reason: 'step 7',
      },
    ]);
  });

  test('are cut at the range, of which the end is not in it', () => {
    const cut = (from: number, to: number | null) =>
      servedSpans(model, from, to).map((span) => [span.from, span.to]);
    expect(cut(at(3), at(4))).toEqual([[at(3), at(4)]]);
    expect(cut(at(2), at(3))).toEqual([[at(2), at(3)]]);
    expect(cut(at(3) - 1, at(3) + 1)).toEqual([
      [at(3) - 1, at(3)],
      [at(3), at(3) + 1],
    ]);
    expect(cut(at(9), null)).toEqual([[at(9), null]]);
    expect(cut(at(9), at(10))).toEqual([[at(9), at(10)]]);
    expect(cut(at(0) - 10, at(0))).toEqual([]);
    expect(cut(at(5), at(5))).toEqual([]);
  });

  test('have no gaps, sum to one, and say what servedAt says', () => {
    const time = fc.integer({ min: at(-2), max: at(9) });
    fc.assert(
      fc.property(time, time, time, (a, b, t) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const spans = servedSpans(model, from, to);
        spans.forEach((span, i) => {
          expect(span.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
          if (i > 0) expect(span.from).toBe(spans[i - 1]!.to);
        });
        const covers = spans.find((span) => span.from <= t && t < span.to!);
        const served = t >= from && t < to ? servedAt(model, t) : undefined;
        expect(covers?.shares).toEqual(served && sharesOf(served.serving));
      }),
    );
  });
});

test('files of deleted versions are unused, but for those that another version has', () => {
  const deleted = knownModel(
    [
      ...sampleHistory(),
      modelRow(8, { kind: 'served', serving: { ...model.serving, release: null, shadows: [] } }),
      modelRow(9, { kind: 'removed', version: '1.2' }),
    ],
    () => {},
  )!;
  expect(unusedFiles([model])).toEqual([]);
  // The golden rows are the same as those of 1.1.
  expect(unusedFiles([deleted])).toEqual([hashOf('b')]);
  expect(unusedFiles([deleted, model])).toEqual([]);
});
