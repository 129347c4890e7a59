import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shiftRange, spansMs, windowOf } from '../../ui/data/range.ts';
import { happeningKinds, rangeNames, readSearch } from '../../ui/data/search.ts';

const extent = { from: 1_000_000_000_000, to: 1_000_900_000_000 };

test('an empty address is the default view', () => {
  expect(readSearch({})).toMatchObject({ range: '24h', back: 0, table: false });
});

test('whatever stands in the address, the view is valid', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          range: fc.anything(),
          back: fc.anything(),
          from: fc.anything(),
          to: fc.anything(),
          table: fc.anything(),
          compare: fc.anything(),
          hide: fc.oneof(
            fc.anything(),
            fc.array(fc.oneof(fc.constantFrom(...happeningKinds), fc.anything())),
          ),
          model: fc.anything(),
          metric: fc.anything(),
          segment: fc.anything(),
          variant: fc.anything(),
          course: fc.anything(),
          plan: fc.anything(),
          by: fc.anything(),
          policy: fc.anything(),
          attributes: fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything())),
          action: fc.anything(),
          standing: fc.anything(),
          lane: fc.anything(),
          watch: fc.anything(),
          apart: fc.anything(),
          area: fc.anything(),
          doing: fc.anything(),
          rule: fc.anything(),
          version: fc.anything(),
          against: fc.anything(),
          figure: fc.anything(),
          threshold: fc.anything(),
          drift: fc.anything(),
          referenceFrom: fc.anything(),
          referenceTo: fc.anything(),
          day: fc.anything(),
        },
        { requiredKeys: [] },
      ),
      (input) => {
        const search = readSearch(input);
        expect(rangeNames).toContain(search.range);
        expect(Number.isInteger(search.back) && search.back >= 0).toBe(true);
        expect(typeof search.table).toBe('boolean');
        expect(readSearch({ ...search })).toEqual(search); // a valid view is left alone
        const window = windowOf(search, extent);
        expect(window.to).toBeGreaterThan(window.from);
      },
    ),
  );
});

test('a custom range needs bounds in order', () => {
  expect(readSearch({ range: 'custom', from: 5, to: 9 })).toMatchObject({ from: 5, to: 9 });
  expect(readSearch({ range: 'custom', from: 9, to: 5 }).range).toBe('24h');
  expect(readSearch({ range: 'custom' }).range).toBe('24h');
});

test('a named range ends at the newest data and never begins before the oldest', () => {
  const day = { range: '24h', back: 0, from: undefined, to: undefined } as const;
  expect(windowOf(day, extent)).toEqual({ from: extent.to - spansMs['24h'], to: extent.to });
  const young = { from: extent.to - 60_000, to: extent.to };
  expect(windowOf(day, young)).toEqual(young);
});

test('earlier and later are half a range, and later stops at the newest data', () => {
  const view = { range: '1h', back: 0, from: undefined, to: undefined } as const;
  const earlier = shiftRange(view, -1);
  expect(windowOf(earlier, extent).to).toBe(extent.to - 1_800_000);
  expect(shiftRange(earlier, 1)).toEqual(view);
  expect(shiftRange(view, 1)).toEqual(view);
});

test('a custom range moves by half its length', () => {
  const view = { range: 'custom', back: 0, from: 100, to: 200 } as const;
  expect(shiftRange(view, 1)).toMatchObject({ from: 150, to: 250 });
});
