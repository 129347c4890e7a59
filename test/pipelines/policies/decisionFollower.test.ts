/** What a decision earns, followed through its horizon. */
import fc from 'fast-check';
import { of } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../contracts/batch.ts';
import { Policy, type PolicyInput } from '../../../contracts/policy.ts';
import { refuseRowsOf } from '../../../operators/refuseRows.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables, type TableRegistry } from '../../../operators/state/stateTables.ts';
import { watermark } from '../../../operators/watermark.ts';
import { DecisionFollower } from '../../../pipelines/policies/decisionFollower.ts';
import { collect } from '../../operators/collect.ts';
import { batchesOf, type PlainRow } from '../../support/batches.ts';

const minute = 60_000;
const start = 1_000 * minute;

function policyOf(more: Partial<PolicyInput> = {}): Policy {
  return Policy.parse({
    key: 'tutor',
    name: 'Tutor',
    algorithm: { name: 'linucb' },
    actions: [
      { key: 'video', name: 'Video' },
      { key: 'text', name: 'Text' },
    ],
    ...more,
  });
}

const decisionRow = (id: string, at: number, more: Partial<PlainRow> = {}): PlainRow => ({
  ...{ id, type: 'decision', user: 'ada', time: start + at, item: 'video' },
  context: {
    ...{ policy: 'tutor', revision: 1, stage: 1, action: 'video', probability: 0.4, way: 'policy' },
    attributes: { grade: 7 },
    offered: [
      { action: 'video', probability: 0.4 },
      { action: 'text', probability: 0.6 },
    ],
  },
  ...more,
});

const outcomeRow = (decision: string, at: number, value: number, more: Partial<PlainRow> = {}) => ({
  ...{ type: 'outcome', user: 'ada', time: start + at, decision, value },
  ...more,
});

/** Something that moves the clock. */
const passing = (at: number): PlainRow => ({ type: 'viewed', user: 'zoe', time: start + at });

interface Run {
  /** `id reward before final`, in the order of the log. */
  readonly told: string[];
  readonly strays: string[];
  readonly refused: string[];
  /** Time of each decision that was told. */
  readonly ats: number[];
}

function follower(tables: TableRegistry, policies: readonly Policy[], run: Run): DecisionFollower {
  return new DecisionFollower({
    tables,
    policy: (key) => policies.find((each) => each.key === key),
    policies: () => policies.length,
    featuresOf: () => Float64Array.of(1),
    designOf: () => 'design',
    segmentsOf: () => [],
    onEarned({ decision, reward, before, isFinal }) {
      run.told.push(`${decision.id} ${reward} ${before} ${isFinal}`);
      run.ats.push(decision.at);
    },
    onStray: (kind, policy) => run.strays.push(`${kind} ${policy}`),
  });
}

/** @param restartAt the batch before which the state is stored and read back */
function runOf(
  rows: readonly PlainRow[],
  policies: readonly Policy[] = [policyOf()],
  cuts: readonly number[] = [],
  restartAt = -1,
  { latenessMs = 0, receivedAt }: { latenessMs?: number; receivedAt?: number } = {},
): Run {
  const run: Run = { told: [], strays: [], refused: [], ats: [] };
  let dictionary = new InternDictionary();
  let tables = createStateTables(dictionary);
  let following = follower(tables, policies, run);
  const clock = tables.objects<{ clock: number }>('clock');
  const marked = collect(
    of(
      ...batchesOf(rows, cuts, {
        dictionary,
        ...(receivedAt === undefined ? {} : { receivedAt }),
      }),
    ).pipe(watermark({ latenessMs, table: clock })),
  );
  marked.forEach((batch, i) => {
    let current: Batch = batch;
    if (i === restartAt) {
      const restored = new InternDictionary();
      const fresh = createStateTables(restored);
      following = follower(fresh, policies, run);
      const from = tables.all.find(({ name }) => name === 'policy-decisions-open')!;
      const to = fresh.all.find(({ name }) => name === 'policy-decisions-open')!;
      from.drain((bytes, keyEnd, end, deleted) => {
        if (!deleted) to.restore(bytes.slice(0, keyEnd), bytes.slice(keyEnd, end));
      });
      to.restored();
      tables = fresh;
      dictionary = restored;
    }
    if (restartAt >= 0 && i >= restartAt) {
      // Codes of the new dictionary.
      const again = batchesOf(rows.slice(batch.firstOffset, batch.endOffset), [], {
        ...{ dictionary, firstOffset: batch.firstOffset },
      })[0]!;
      current = { ...again, watermarks: batch.watermarks! };
    }
    const kept = refuseRowsOf(current, (row) => following.take(current, row));
    run.refused.push(...kept.refusals.map(({ code, reason }) => `${code} ${reason}`));
  });
  return run;
}

describe('a decision', () => {
  test('is told when it is made, when it earns and when its horizon has ended', () => {
    const { told } = runOf([
      decisionRow('d1', 0),
      outcomeRow('d1', minute, 1),
      passing(61 * minute),
      passing(61 * minute),
    ]);
    expect(told).toEqual(['d1 NaN NaN false', 'd1 1 NaN false', 'd1 1 1 true']);
  });

  test('to which nothing came has the absent reward at the end, if there is one', () => {
    const rows = [decisionRow('d1', 0), passing(61 * minute), passing(61 * minute)];
    expect(runOf(rows).told.at(-1)).toBe('d1 NaN NaN true');
    const withAbsent = policyOf({ reward: { absent: 0 } });
    expect(runOf(rows, [withAbsent]).told.at(-1)).toBe('d1 0 NaN true');
  });

  test('does not earn from events of others, before it, or past its horizon', () => {
    const { told, strays } = runOf([
      decisionRow('d1', minute),
      outcomeRow('d1', 2 * minute, 1, { user: 'bob' }),
      outcomeRow('d2', 2 * minute, 1),
      outcomeRow('d1', 0, 1),
      outcomeRow('d1', 62 * minute, 1),
    ]);
    expect(told).toEqual(['d1 NaN NaN false']);
    // The third is late and left to those who keep late events.
    expect(strays).toEqual(['unmatched ', 'unmatched ', 'unmatched ']);
  });

  test('earns from a label that names it; one that names a prediction is no stray', () => {
    const ofPrediction = outcomeRow('p1', 2 * minute, 1, { type: 'label' });
    const ofDecision = outcomeRow('d1', 2 * minute, 1, { type: 'label' });
    const byLabels = policyOf({ reward: { rules: [{ filter: { field: 'type', is: 'label' } }] } });
    const { told, strays } = runOf([decisionRow('d1', 0), ofPrediction, ofDecision], [byLabels]);
    expect(told).toEqual(['d1 NaN NaN false', 'd1 1 NaN false']);
    expect(strays).toEqual([]);
  });

  test.each([
    ['first', [0.5, 1], '0.5'],
    ['last', [0.5, 0.25], '0.25'],
    ['sum', [0.5, 0.25], '0.75'],
    ['sum', [0.75, 0.75], '1'],
    ['largest', [0.5, 0.25], '0.5'],
  ] as const)('%s of %j is %s', (combine, values, expected) => {
    const { told } = runOf(
      [
        decisionRow('d1', 0),
        ...values.map((value, i) => outcomeRow('d1', (i + 1) * minute, value)),
      ],
      [policyOf({ reward: { combine } })],
    );
    expect(told.at(-1)!.split(' ')[1]).toBe(expected);
  });

  test('a reward beyond the bounds is refused and teaches nothing', () => {
    const { told, refused } = runOf([decisionRow('d1', 0), outcomeRow('d1', 1, 7)]);
    expect(told).toEqual(['d1 NaN NaN false']);
    expect(refused).toEqual(['REWARD_INVALID value: expected a reward in [0, 1], got 7']);
  });

  test.each([
    [{ probability: 0 }, /probability/],
    [{ probability: 0.5 }, /offered/],
    [{ offered: [{ action: 'video', probability: 0.4 }] }, /add up to 1/],
    [{ way: 'guess' }, /way/],
    [{ stage: 'one' }, /stage/],
  ])('with %j is refused', (fields, reason) => {
    const good = decisionRow('d1', 0);
    const { told, refused } = runOf([{ ...good, context: { ...good.context, ...fields } }]);
    expect(told).toEqual([]);
    expect(refused[0]).toMatch(/^DECISION_INVALID/);
    expect(refused[0]).toMatch(reason);
  });

  test('of another system, or made by the sender alone, is not learnt from', () => {
    const { told, strays, refused } = runOf([
      decisionRow('d1', 0, { context: { policy: 'elsewhere', anything: true } }),
      decisionRow('d2', 0, { context: { policy: 'tutor', way: 'fallback', action: 'video' } }),
      decisionRow('d3', 0, { context: { suggestion: 4 } }),
    ]);
    expect({ told, strays, refused }).toEqual({
      told: [],
      strays: ['fallback tutor'],
      refused: [],
    });
  });

  test('that the sender has replaced by its own, as no answer came, ends without a reward', () => {
    const fallback = (instead: string): PlainRow =>
      decisionRow(`${instead}:fallback`, minute, {
        context: { policy: 'tutor', way: 'fallback', action: 'video', instead },
      });
    const good = decisionRow('d1.2', 0);
    const { told, strays } = runOf(
      [
        decisionRow('d1', 0),
        { ...good, context: { ...good.context, position: 2 } },
        decisionRow('d2', 0),
        fallback('d1'),
        { ...fallback('d2'), user: 'bob' },
        outcomeRow('d1', 2 * minute, 1),
        passing(61 * minute),
        passing(61 * minute),
      ],
      [policyOf({ reward: { absent: 0 } })],
    );
    expect(told.slice(3)).toEqual(['d1 NaN NaN true', 'd1.2 NaN NaN true', 'd2 0 NaN true']);
    expect(strays).toEqual(['fallback tutor', 'fallback tutor', 'unmatched ']);
  });

  test('earns from an event that names it, also when the clock of its sender is behind; others must come after it', () => {
    const slow = runOf([decisionRow('d1', minute), outcomeRow('d1', 0, 1)], [policyOf()], [], -1, {
      latenessMs: 10 * minute,
    });
    expect(slow.told.at(-1)).toBe('d1 1 NaN false');
    const rules = [{ filter: { field: 'type', is: 'rated' }, match: 'user' }] as const;
    const { told } = runOf(
      [decisionRow('d1', minute), { type: 'rated', user: 'ada', value: 1, time: start }],
      [policyOf({ reward: { rules: [...rules] } })],
      [],
      -1,
      { latenessMs: 10 * minute },
    );
    expect(told).toEqual(['d1 NaN NaN false']);
  });

  test('of a clock that is ahead is made, and earns, when it is received', () => {
    const day = 24 * 60 * minute;
    const { ats, told, strays } = runOf(
      [
        decisionRow('d1', day),
        outcomeRow('d1', day + minute, 1),
        passing(61 * minute),
        passing(61 * minute),
      ],
      [policyOf()],
      [1, 2, 3],
      -1,
      { receivedAt: start },
    );
    expect(told).toEqual(['d1 NaN NaN false', 'd1 1 NaN false']);
    expect(strays).toEqual([]);
    expect(ats).toEqual([start, start]);
  });

  test('is found by the item or the user where the rule says so, the latest first', () => {
    const rules = [
      { filter: { field: 'type', is: 'finished' }, match: 'item', value: 1 },
      { filter: { field: 'type', is: 'rated' }, match: 'user' },
    ] as const;
    const { told } = runOf(
      [
        decisionRow('d1', 0),
        decisionRow('d2', minute),
        { type: 'finished', user: 'ada', item: 'text', time: start + 2 * minute },
        { type: 'finished', user: 'ada', item: 'video', time: start + 2 * minute },
        { type: 'rated', user: 'ada', item: 'x', value: 0.5, time: start + 3 * minute },
      ],
      [policyOf({ reward: { rules: [...rules], combine: 'last' } })],
    );
    expect(told.slice(2)).toEqual(['d2 1 NaN false', 'd2 0.5 1 false']);
  });
});

test('rows that cannot matter are not read', () => {
  const rows = [
    passing(0),
    { type: 'outcome', user: 'ada', time: start + minute, value: 1 },
    // Only without a policy: with one it opens.
    decisionRow('d1', 2 * minute),
  ];
  const dictionary = new InternDictionary();
  const clock = createStateTables(dictionary).objects<{ clock: number }>('clock');
  const [batch] = collect(
    of(...batchesOf(rows, [], { dictionary })).pipe(watermark({ latenessMs: 0, table: clock })),
  );
  const unread: Batch = {
    ...batch!,
    get raw(): Batch['raw'] {
      throw new Error('the text of a row was read');
    },
  };
  const run: Run = { ats: [], told: [], strays: [], refused: [] };
  const without = follower(createStateTables(dictionary), [], run);
  expect(without.isIdle).toBe(true);
  for (let row = 0; row < rows.length; row += 1) without.take(unread, row);
  const tutored = follower(createStateTables(dictionary), [policyOf()], run);
  expect(tutored.isIdle).toBe(false);
  for (let row = 0; row < 2; row += 1) tutored.take(unread, row);
  expect(() => tutored.take(unread, 2)).toThrow('the text of a row was read');
  expect(run).toEqual({ ats: [], told: [], strays: [], refused: [] });
});

test('decisions due at the same time are told in the order of the log, over a restart', () => {
  const users = ['dan', 'ada', 'cy', 'bob', 'ada', 'dan', 'ada', 'ada'];
  // The first is closed before: from then on the heap is not as it grew.
  const rows = [decisionRow('early', -minute, { user: 'cy' })];
  rows.push(...users.map((user, i) => decisionRow(`d${i}`, 0, { user })));
  rows.push(passing(59 * minute), passing(59 * minute), passing(60 * minute), passing(60 * minute));
  const last = (restartAt: number) =>
    runOf(rows, [policyOf()], [4, 11], restartAt)
      .told.filter((line) => line.endsWith('true'))
      .map((line) => line.slice(0, line.indexOf(' ')));
  const expected = ['early', ...users.map((_, i) => `d${i}`)];
  expect(last(-1)).toEqual(expected);
  expect(last(1)).toEqual(expected);
  expect(last(2)).toEqual(expected);
});

test('the same is told however the log is cut, and over a restart', () => {
  const row = fc.oneof(
    fc.record({ kind: fc.constant('decide'), id: fc.nat(3), user: fc.nat(1) }),
    fc.record({ kind: fc.constant('earn'), id: fc.nat(3), user: fc.nat(1) }),
    fc.record({ kind: fc.constant('pass'), id: fc.nat(3), user: fc.nat(1) }),
  );
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 25, maxLength: 40 }),
      fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
      fc.nat(5),
      (steps, cuts, restartAt) => {
        const rows = steps.map(({ kind, id, user }, i): PlainRow => {
          const more = { id: `row-${i}`, user: `u${user}` };
          // Three at a time: what is due together is told in the order of the log.
          const at = Math.floor(i / 3) * 21 * minute;
          if (kind === 'decide') return decisionRow('', at, { ...more, id: `d${id}` });
          if (kind === 'earn') return outcomeRow(`d${id}`, at, (i % 3) / 2, more);
          return passing(at);
        });
        const policies = [policyOf({ reward: { absent: 0, combine: 'sum' } })];
        const whole = runOf(rows, policies);
        expect(runOf(rows, policies, cuts)).toEqual(whole);
        expect(runOf(rows, policies, cuts, restartAt)).toEqual(whole);
      },
    ),
    { numRuns: 200 },
  );
});
