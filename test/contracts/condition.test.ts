import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Condition, confinedTo, fieldsOf } from '../../contracts/condition.ts';
import { holds, truthOf } from '../../contracts/conditionTruth.ts';
import { isShallow } from '../../contracts/shallow.ts';

const unit: Record<string, unknown> = {
  country: 'DE',
  age: 17,
  minor: true,
  courses: ['algebra', 'reading'],
  nothing: null,
  broken: NaN,
};
const read = (field: string) => unit[field];

describe('condition', () => {
  test.each<[Condition, string]>([
    [{ field: 'country', is: 'DE' }, 'true'],
    [{ field: 'country', is: 'FR' }, 'false'],
    [{ field: 'country', in: ['FR', 'DE'] }, 'true'],
    [{ field: 'country', in: ['FR'] }, 'false'],
    [{ field: 'minor', is: true }, 'true'],
    [{ field: 'age', above: 17 }, 'false'],
    [{ field: 'age', atLeast: 17 }, 'true'],
    [{ field: 'age', below: 17 }, 'false'],
    [{ field: 'age', atMost: 17 }, 'true'],
    // Another type than the comparison needs.
    [{ field: 'age', is: '17' }, 'unknown'],
    [{ field: 'country', above: 3 }, 'unknown'],
    [{ field: 'broken', below: 3 }, 'unknown'],
    [{ field: 'country', in: [1, 2] }, 'unknown'],
    // Lists.
    [{ field: 'courses', is: 'reading' }, 'true'],
    [{ field: 'courses', in: ['spelling'] }, 'false'],
    // Absent.
    [{ field: 'city', is: 'Bonn' }, 'unknown'],
    [{ field: 'nothing', is: 'x' }, 'unknown'],
    [{ not: { field: 'city', is: 'Bonn' } }, 'unknown'],
    [{ field: 'city', exists: false }, 'true'],
    [{ field: 'nothing', exists: true }, 'false'],
    [{ field: 'age', exists: true }, 'true'],
    // Kleene's tables.
    [{ all: [] }, 'true'],
    [{ any: [] }, 'false'],
    [
      {
        all: [
          { field: 'city', is: 'x' },
          { field: 'age', is: 1 },
        ],
      },
      'false',
    ],
    [
      {
        all: [
          { field: 'city', is: 'x' },
          { field: 'age', is: 17 },
        ],
      },
      'unknown',
    ],
    [
      {
        any: [
          { field: 'city', is: 'x' },
          { field: 'age', is: 17 },
        ],
      },
      'true',
    ],
    [
      {
        any: [
          { field: 'city', is: 'x' },
          { field: 'age', is: 1 },
        ],
      },
      'unknown',
    ],
    [{ not: { field: 'age', is: 1 } }, 'true'],
    [{ not: { all: [] } }, 'false'],
  ])('%j is %s', (condition, expected) => {
    expect(Condition.parse(condition)).toEqual(condition);
    expect(truthOf(condition, read)).toBe(expected);
    expect(holds(condition, read)).toBe(expected === 'true');
  });

  test('never throws, and `not` twice is nothing', () => {
    const leaf = fc.oneof(
      fc.record({ field: fc.constantFrom('a', 'b'), is: fc.constantFrom('x', 1, true) }),
      fc.record({ field: fc.constantFrom('a', 'b'), above: fc.integer() }),
      fc.record({ field: fc.constantFrom('a', 'b'), exists: fc.boolean() }),
    );
    const { node } = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
        fc.record({ not: tie('node') }),
      ),
    }));
    fc.assert(
      fc.property(node, fc.dictionary(fc.constantFrom('a', 'b'), fc.anything()), (each, values) => {
        const of = (condition: Condition) => truthOf(condition, (field) => values[field]);
        expect(of({ not: { not: each } })).toBe(of(each));
        if ('all' in each) {
          // De Morgan.
          expect(of({ not: { any: each.all.map((not) => ({ not })) } })).toBe(of(each));
        }
      }),
    );
  });

  test.each([
    [{ field: 'a' }],
    [{ field: 'a', is: 1, in: [1] }],
    [{ field: 'a', above: 'x' }],
    [{ field: 'a', equals: 1 }],
    [{ all: [], any: [] }],
    ['true'],
  ])('%j is refused with what is expected', (wrong) => {
    const refused = z.safeParse(Condition, wrong);
    expect(refused.error?.issues[0]?.message).toMatch(/^expected \{ field, and one of/);
  });

  test('a comparison with a wrong part is refused for that part', () => {
    const message = (wrong: unknown) => Condition.safeParse(wrong).error?.issues[0]?.message;
    expect(message({ field: '', is: 1 })).toBe('expected a name, or names joined by dots');
    expect(message({ field: 'a', in: [] })).toMatch('>=1 items');
  });

  test('nesting that would exhaust the stack is refused', () => {
    let deep: unknown = { field: 'a', is: 1 };
    for (let i = 0; i < 200_000; i += 1) deep = { not: deep };
    expect(Condition.safeParse(deep).error?.issues[0]?.message).toBe('expected at most 12 levels');
    expect([isShallow({ a: 1 }, 1), isShallow({ a: [] }, 1), isShallow(3, 0)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('knows the fields that it reads', () => {
    const city = { field: 'city', exists: true };
    const condition = { all: [{ not: city }, { any: [city, { field: 'a.b', is: 1 }] }] };
    expect(fieldsOf(condition)).toEqual(['city', 'city', 'a.b']);
  });

  test('knows the values to which it confines a field', () => {
    const answered = { field: 'type', is: 'answered' };
    const both = { any: [answered, { field: 'type', in: ['rated'] }] };
    expect(confinedTo(both, 'type')).toEqual(new Set(['answered', 'rated']));
    expect(confinedTo({ all: [{ field: 'value', above: 0 }, both] }, 'type')?.size).toBe(2);
    expect(confinedTo({ any: [answered, { field: 'value', above: 0 }] }, 'type')).toBeUndefined();
    expect(confinedTo({ not: answered }, 'type')).toBeUndefined();
    expect(confinedTo({ all: [] }, 'type')).toBeUndefined();
  });
});
