import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { definitionHash, designOf } from '../../contracts/definitionHash.ts';
import { Experiment } from '../../contracts/experiment.ts';
import { makeExperiment, makeMetric, makeRunning } from '../support/experiments.ts';

describe('canonicalJson', () => {
  // Golden: RFC 8785, section 3.2.2 and the sorting example of 3.2.3.
  test('agrees with the examples of RFC 8785', () => {
    const value = {
      // biome-ignore lint/correctness/noPrecisionLoss: the number as it stands in the RFC
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(sorted.replace('"1"', '"_1"')))).toEqual([
      '\r',
      '_1',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  test('holds the value, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return;
        const reversed = Object.fromEntries(Object.entries(plain).reverse());
        expect(definitionHash(reversed)).toBe(definitionHash(plain));
      }),
    );
  });

  test.each([[NaN], [Infinity], ['\ud800'], [undefined], [[undefined]], [() => 1], [{ a: 1n }]])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  test('leaves out what is undefined', () => {
    expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
  });
});

describe('designOf', () => {
  const hash = (experiment: Experiment, metrics = [makeMetric()]) =>
    definitionHash(designOf(experiment, metrics));

  test('a definition keeps its hash through storage', () => {
    const experiment = makeRunning();
    const stored = Experiment.parse(JSON.parse(JSON.stringify(experiment)));
    expect(definitionHash(stored)).toBe(definitionHash(experiment));
    expect(hash(stored)).toBe(hash(experiment));
    expect(hash(experiment)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('words do not count, what is assigned and measured does', () => {
    const base = hash(makeExperiment());
    const same = [{ name: 'Other' }, { hypothesis: 'Better' }, { salt: 'hints' }, { traffic: 0.5 }];
    for (const change of same)
      expect([change, hash(makeExperiment(change))]).toEqual([change, base]);
    const others = [{ salt: 'x' }, { alpha: 0.01 }, { sticky: false }, { control: 'with' }];
    const use = { metric: 'solved', role: 'primary' } as const;
    const adjusted = makeExperiment({ metrics: [{ ...use, covariates: [{ of: 'past' }] }] });
    const believed = makeExperiment({ metrics: [{ ...use, prior: { effect: { deviation: 1 } } }] });
    expect(new Set([base, hash(adjusted), hash(believed)]).size).toBe(3);
    for (const change of others) expect(hash(makeExperiment(change))).not.toBe(base);
    expect(hash(makeRunning())).not.toBe(base);
    expect(hash(makeExperiment(), [makeMetric({ name: 'Other' })])).toBe(base);
    expect(hash(makeExperiment(), [makeMetric({ windowMs: 5_000 })])).not.toBe(base);
    expect(hash(makeExperiment(), [makeMetric(), makeMetric({ key: 'other' })])).toBe(base);
  });
});
