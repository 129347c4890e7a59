import { describe, expect, test } from 'vitest';
import { type GateName, GateReport, gateNames } from '../../../contracts/gateReport.ts';
import { GatePlan } from '../../../contracts/modelPlan.ts';
import type { GateInput, Holdout } from '../../../control/gates/gateInput.ts';
import { holdoutMetrics } from '../../../control/gates/holdoutGate.ts';
import { judgeGates } from '../../../control/gates/judgeGates.ts';
import { graphBuilder } from '../../../models/onnx/graphBuilder.ts';
import { onnxBytes } from '../../../models/onnx/onnxModel.ts';
import {
  bytesField,
  integerField,
  joinBytes,
  messageField,
  readFields,
  textField,
} from '../../../models/onnx/protobuf.ts';
import { openSession, type ScoringSession } from '../../../models/scoring/session.ts';
import { startSession } from '../../../models/scoring/startSession.ts';
import { below, randomState } from '../../../stats/random.ts';
import {
  gateFeatures,
  gateInput,
  linearChampion,
  linearFile,
  madeHoldout,
} from '../../support/gateCases.ts';

const sound = linearFile([1, 0.5]);
const holdout = madeHoldout();

async function judged(change: Partial<GateInput>) {
  const report = await judgeGates(gateInput({ holdout, ...change }));
  expect(GateReport.parse(report)).toEqual(report);
  expect(report.gates.map(({ gate }) => gate)).toEqual([...gateNames]);
  for (const { sentence } of report.gates) expect(sentence).toMatch(/^\p{Lu}.*[.!?]$/su);
  return {
    report,
    gate: (name: GateName) => report.gates.find(({ gate }) => gate === name)!,
    outcomes: Object.fromEntries(report.gates.map(({ gate, outcome }) => [gate, outcome])),
  };
}

/** A model of one operator. */
function operatorFile(operator: string, width = 2, outputWidth = 1): Uint8Array {
  const graph = graphBuilder();
  graph.add(operator, ['features']);
  return onnxBytes(
    graph.build({ name: 'features', width }, { name: 'prediction', width: outputWidth }, {}),
  );
}

/** A linear score of the features and what an operator makes of it. */
function scoreFile(operators: readonly string[]): Uint8Array {
  const graph = graphBuilder();
  const score = graph.add('MatMul', ['features', graph.floats([1, 0.5], [2, 1])]);
  operators.reduce((input, operator) => graph.add(operator, [input]), score);
  return onnxBytes(
    graph.build({ name: 'features', width: 2 }, { name: 'prediction', width: 1 }, {}),
  );
}

/** The file with more fields in its graph. */
function withGraphFields(bytes: Uint8Array, fields: readonly Uint8Array[]): Uint8Array {
  return joinBytes(
    [...readFields(bytes)].map((field) => {
      if (field.number === 7) return bytesField(7, joinBytes([field.bytes, ...fields]));
      return field.bytes.length > 0
        ? bytesField(field.number, field.bytes)
        : integerField(field.number, field.integer);
    }),
  );
}

const tensorType = (width: number) =>
  messageField(1, [
    integerField(1, 1),
    messageField(2, [
      messageField(1, [textField(2, 'rows')]),
      messageField(1, [integerField(1, width)]),
    ]),
  ]);
const secondInput = messageField(11, [textField(1, 'more'), messageField(2, [tensorType(1)])]);
const externalTensor = messageField(5, [
  textField(8, 'weights'),
  messageField(13, [textField(1, 'location'), textField(2, '../../secret')]),
  integerField(14, 1),
]);

describe('a sound version', () => {
  test('that is a copy of the champion passes all gates and is said to be equal', async () => {
    const session = await openSession(sound);
    const { report, gate, outcomes } = await judged({
      champion: { version: '1.3', score: (rows) => session.score(rows) },
    });
    await session.release();
    expect(report).toMatchObject({ passed: true, against: '1.3', at: 1_800_000_000_000 });
    expect(outcomes).toMatchObject({ schema: 'passed', golden: 'skipped', holdout: 'passed' });
    expect(gate('holdout').sentence).toBe(
      'It is equal to champion 1.3: the same predictions of 3,000 examples of 150 users.',
    );
    expect(gate('churn').checks[0]).toMatchObject({ value: 0, passed: true });
    const metrics = holdoutMetrics(report.gates);
    expect(Object.keys(metrics)).toEqual(['logLoss', 'brier', 'auc']);
    expect(metrics['logLoss']).toBeGreaterThan(0.5);
    expect(metrics['logLoss']).toBeLessThan(0.65);
    expect(metrics['auc']).toBeGreaterThan(0.7);
  });

  test('is compared with the online learner where that is the champion', async () => {
    const { report, gate } = await judged({ champion: null });
    expect(report).toMatchObject({ passed: true, against: '1' });
    expect(gate('holdout').sentence).toMatch(
      /^Log loss 0\.0\d+ below that of the online learner \(1\) on 3,000 examples of 150 users, 95 % interval −0\.0\d+ to −0\.0\d+; up to 0\.01 above is allowed\.$/,
    );
  });

  test('is judged in a thread that is ended afterwards', async () => {
    const thread = new URL('../../../dist/models/scoring/sessionThread.js', import.meta.url);
    const opened: ScoringSession[] = [];
    const { report } = await judged({
      openSession: async (bytes, options) => {
        const session = await startSession(bytes, options, thread);
        opened.push(session);
        return session;
      },
    });
    expect(report.passed).toBe(true);
    expect(opened).toHaveLength(1);
    await expect(opened[0]!.score(new Float32Array(2))).rejects.toThrow('the model was released');
  });

  test('from elsewhere that names no features is taken by width, with a remark', async () => {
    const { report, gate } = await judged({
      candidate: { bytes: scoreFile(['Sigmoid']), golden: null },
    });
    expect(report.passed).toBe(true);
    expect(gate('schema').sentence).toBe(
      'The file takes 2 features, as the model has, but does not name them: whether they are in the same order, nothing tells.',
    );
  });

  test('the same input gives the same report, and order of rows does not matter but by time', async () => {
    const plan = GatePlan.parse({ lossMargin: 0.01, latencyMaxMs: 1_000 });
    const figures = async (of: Holdout) => {
      const { report } = await judged({ holdout: of, plan, champion: null, groups: [] });
      return report.gates.filter(({ gate }) => gate !== 'latency');
    };
    const once = await figures(holdout);
    expect(await figures(holdout)).toEqual(once);
    const turned = (await figures(reversed(holdout))).find(({ gate }) => gate === 'holdout')!;
    const straight = once.find(({ gate }) => gate === 'holdout')!;
    expect(turned.checks[0]!.value).toBeCloseTo(straight.checks[0]!.value!, 12);
  });
});

function reversed({ set, online, users, times, slices }: Holdout): Holdout {
  const rows = set.labels.length;
  const at = (row: number) => rows - 1 - row;
  return {
    set: {
      ...set,
      values: set.values.map((_, i) => set.values[2 * at(Math.floor(i / 2)) + (i % 2)]!),
      labels: set.labels.toReversed(),
    },
    online: online.toReversed(),
    served: online.toReversed(),
    users: users.toReversed(),
    times: times.toReversed(),
    slices: new Map([...slices].map(([name, values]) => [name, values.toReversed()])),
  };
}

describe('a file that is not what it should be fails the first gate, and is asked nothing more', () => {
  const named = (features: readonly object[]) =>
    onnxBytes({
      ...graphBuilderModel(),
      metadata: { features: JSON.stringify(features) },
    });
  function graphBuilderModel() {
    const graph = graphBuilder();
    graph.add('MatMul', ['features', graph.floats([1, 0.5], [2, 1])]);
    return graph.build({ name: 'features', width: 2 }, { name: 'prediction', width: 1 }, {});
  }
  const [practice, recency] = gateFeatures;

  test.each([
    ['cut off', sound.subarray(0, 150), /^The file is no ONNX model, or is cut off: .+\.$/],
    ['empty', new Uint8Array(0), 'The file is empty.'],
    [
      'of random bytes',
      Uint8Array.from({ length: 500 }, (_, i) => (i * 7_919 + 13) % 251),
      /^The file is no ONNX model, or is cut off: .+\.$/,
    ],
    [
      'of another width',
      operatorFile('Sigmoid', 3),
      'Expected an input of 2 features, got features (float32, rows × 3).',
    ],
    [
      'with two inputs',
      withGraphFields(sound, [secondInput]),
      'Expected one input, got 2: features (float32, rows × 2), more (float32, rows × 1).',
    ],
    ['with a foreign operator', operatorFile('Loop'), 'Operators that are not allowed: Loop.'],
    [
      'with parts elsewhere',
      withGraphFields(sound, [externalTensor]),
      'Parts of the model lie in other files.',
    ],
    [
      'that the runtime does not take',
      operatorFile('Gemm'),
      /^The runtime does not take the model: .+\.$/s,
    ],
    [
      'of a regression',
      linearFile([1, 0.5], 0, 'regression'),
      'It is for a regression task; the model is binary.',
    ],
    [
      'with the features in another order',
      named([recency, practice]),
      'The file has the features in another order: the 1st is recency there and practice here.',
    ],
    [
      'for other features',
      named([practice, { name: 'mood' }]),
      'The file was made for other features: the 2nd is mood there and recency here.',
    ],
    [
      'that takes a number for codes',
      named([practice, { name: 'recency', kind: 'categorical' }]),
      'The file takes recency for categorical; here it is numeric.',
    ],
  ])('%s', async (_, bytes, message) => {
    const { report, gate, outcomes } = await judged({ candidate: { bytes, golden: null } });
    expect(report.passed).toBe(false);
    expect(gate('schema').sentence).toEqual(
      message instanceof RegExp ? expect.stringMatching(message) : message,
    );
    expect(outcomes).toEqual({
      ...{ schema: 'failed', golden: 'skipped', holdout: 'skipped', calibration: 'skipped' },
      ...{ slices: 'skipped', latency: 'skipped', size: 'passed', churn: 'skipped' },
    });
  });
});

test('a file with bytes changed anywhere never makes anything throw', async () => {
  const small = madeHoldout({ users: 5, perUser: 4 });
  const random = randomState(9);
  const outcomes = new Set<string>();
  for (let run = 0; run < 60; run += 1) {
    const bytes = sound.slice();
    for (let i = 0; i <= run % 3; i += 1) {
      bytes[below(random, bytes.length)] = below(random, 256);
    }
    const { gate } = await judged({ holdout: small, candidate: { bytes, golden: null } });
    outcomes.add(gate('schema').outcome);
  }
  expect([...outcomes].sort()).toEqual(['failed', 'passed']);
});

test('what a file says of itself is told in print, and not at any length', async () => {
  const graph = graphBuilder();
  graph.add('Sigmoid', ['features']);
  const model = graph.build(
    { name: 'features', width: 2 },
    { name: 'prediction', width: 1 },
    { features: JSON.stringify(['practice', `re\u0007\n${'x'.repeat(1e5)}`]) },
  );
  const { gate } = await judged({ candidate: { bytes: onnxBytes(model), golden: null } });
  expect(gate('schema').sentence).toMatch(/^The file was made for other features: .* re x+…\.$/);
  expect(gate('schema').sentence.length).toBeLessThan(1_600);
});

describe('a file that fails when it is run', () => {
  test('by answers that are no numbers', async () => {
    const { gate, outcomes } = await judged({
      candidate: { bytes: scoreFile(['Log']), golden: null },
    });
    expect(gate('holdout').sentence).toMatch(/^The model predicts (NaN|-?Infinity)\.$/);
    expect(outcomes).toMatchObject({
      ...{ schema: 'passed', holdout: 'failed', calibration: 'skipped', slices: 'skipped' },
      ...{ latency: 'skipped', size: 'passed', churn: 'skipped' },
    });
    expect(gate('latency').sentence).toBe('Not asked: the file cannot be run.');
  });

  test('by scores that are no probabilities', async () => {
    const { gate, outcomes } = await judged({ candidate: { bytes: scoreFile([]), golden: null } });
    expect(gate('holdout').sentence).toMatch(
      /^Expected a probability of example \d+, got -?\d+\.\d+: a score without its link, perhaps\.$/,
    );
    expect(outcomes).toMatchObject({
      holdout: 'failed',
      calibration: 'skipped',
      latency: 'passed',
    });
  });

  test.each([
    ['at once', 'for (;;);', 'schema', 300],
    [
      'when it is asked',
      `import { parentPort as port } from 'node:worker_threads';
       port.postMessage({ id: 0, signature: { width: 2 } });
       port.on('message', () => { for (;;); });`,
      'golden',
      1_500,
    ],
  ] as const)('by hanging %s', async (_, code, failing, timeoutMs) => {
    const thread = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const golden = { rows: Float32Array.of(1, 2), predictions: Float64Array.of(0.5) };
    const { report, gate } = await judged({
      candidate: { bytes: sound, golden },
      openSession: (bytes, options) => startSession(bytes, { ...options, timeoutMs }, thread),
    });
    expect(gate(failing)).toMatchObject({
      outcome: 'failed',
      sentence: `The model takes more than ${timeoutMs} ms.`,
    });
    const skipped = report.gates.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.length).toBe(failing === 'schema' ? 6 : 5);
  });

  test('a champion that cannot be scored leaves nothing to compare with', async () => {
    const score = () => Promise.reject(new Error('its file is gone'));
    const { gate, outcomes } = await judged({ champion: { version: '1.2', score } });
    expect(gate('holdout').sentence).toBe(
      'Champion 1.2 cannot be compared with: its file is gone.',
    );
    expect(outcomes).toMatchObject({ calibration: 'passed', slices: 'skipped', churn: 'skipped' });
  });
});

describe('golden rows', () => {
  const rows = Float32Array.of(1, 2, 0.5, -1);
  const right = (score: number) => 1 / (1 + Math.exp(-score));
  test.each([
    [
      0,
      'passed',
      /^The runtime predicts what the trainer does on 2 golden rows, to within 0\.00001\.$/,
    ],
    [
      0.25,
      'failed',
      /^The runtime predicts 0\.5 of golden row 1 and the trainer 0\.75: 0\.25 apart where 0\.00001 is allowed\.$/,
    ],
    [NaN, 'failed', /and the trainer NaN: ∞ apart/],
  ] as const)('off by %s: %s', async (off, outcome, sentence) => {
    const predictions = Float64Array.of(right(2), right(0) + off);
    const { gate, outcomes } = await judged({
      candidate: { bytes: sound, golden: { rows, predictions } },
    });
    expect(gate('golden')).toMatchObject({ outcome, sentence: expect.stringMatching(sentence) });
    expect(outcomes['holdout']).toBe('passed');
  });
});

describe('a version that predicts', () => {
  test('much worse fails, and it is said by how much', async () => {
    const { report, gate } = await judged({
      candidate: { bytes: linearFile([-1, 0.5]), golden: null },
    });
    expect(report.passed).toBe(false);
    const { checks, sentence } = gate('holdout');
    const [{ upper, lower, bound }] = checks as [(typeof checks)[0]];
    expect(lower).toBeGreaterThan(bound!);
    const told = /it may be (\S+) above, (\S+) more than the 0\.01 that is allowed\.$/.exec(
      sentence,
    )!;
    expect(Number(told[1])).toBeCloseTo(upper!, 2);
    expect(Number(told[2])).toBeCloseTo(upper! - 0.01, 2);
    expect(sentence).toMatch(/^Log loss is worse by more than is allowed: /);
  });

  test('as well, on too few examples to show it, is told how many would do', async () => {
    const { gate } = await judged({
      holdout: madeHoldout({ users: 20, perUser: 15 }),
      candidate: { bytes: linearFile([1, 0.4]), golden: null },
      plan: GatePlan.parse({ latencyMaxMs: 1_000 }),
    });
    expect(gate('holdout')).toMatchObject({ outcome: 'failed' });
    expect(gate('holdout').sentence).toMatch(
      /^It is not shown to be no worse: log loss .+ About [\d,]+ examples would tell, if it stays so\.$/,
    );
  });

  test('nothing, since there are no examples or those of one user, is not shown to be no worse', async () => {
    const none = await judged({ holdout: madeHoldout({ users: 10, perUser: 0 }) });
    expect(none.gate('holdout').sentence).toBe(
      'There are no examples to compare it with champion 1.3 on.',
    );
    const one = await judged({
      holdout: madeHoldout({ users: 1, perUser: 50 }),
      candidate: { bytes: linearFile([0.9, 0.5]), golden: null },
    });
    expect(one.gate('holdout')).toMatchObject({
      outcome: 'failed',
      sentence:
        'All examples are of one user: nothing tells whether it is worse than champion 1.3 for others.',
    });
    expect(one.gate('calibration').sentence).toBe(
      'The examples are of 1 user; calibration is judged with 10 or more.',
    );
  });

  test('scores three times too large fails by calibration', async () => {
    const { gate } = await judged({ candidate: { bytes: linearFile([3, 1.5]), golden: null } });
    expect(gate('calibration')).toMatchObject({ outcome: 'failed' });
    expect(gate('calibration').sentence).toMatch(
      /^By itself its probabilities are 0\.1\d+ off, and at least 0\.\d+ with chance allowed for, 0\.0\d+ more than the 0\.05 that is allowed \(0\.\d+ is predicted on average and 0\.\d+ happens\)/,
    );
  });

  test('a constant, and nothing else, is worse than a champion that knows', async () => {
    const { gate } = await judged({
      candidate: { bytes: linearFile([0, 0]), golden: null },
      champion: linearChampion([1, 0.5]),
      plan: GatePlan.parse({ latencyMaxMs: 1_000 }),
    });
    expect(gate('holdout').outcome).toBe('failed');
    expect(gate('holdout').sentence).toMatch(/^Log loss is worse by more than is allowed/);
    expect(gate('calibration').outcome).toBe('passed');
  });

  test('far from the champion fails by churn', async () => {
    const { gate } = await judged({
      candidate: { bytes: linearFile([1, 0.5], 2), golden: null },
      plan: GatePlan.parse({ latencyMaxMs: 1_000, churnMax: 0.02 }),
    });
    expect(gate('churn').sentence).toMatch(
      /^Of the predictions, \d\S* % are on the other side of one half than those of champion 1\.3, \d\S* % more than the 2 % that is allowed\.$/,
    );
  });

  test('slowly fails by latency, largely by size', async () => {
    const slow = await judged({
      holdout: madeHoldout({ users: 30, perUser: 5 }),
      plan: GatePlan.parse({ latencyMaxMs: 0.5 }),
      openSession: async (bytes, options) => {
        const session = await openSession(bytes, options);
        const score = async (rows: Float32Array) => {
          const until = performance.now() + (rows.length === 2 ? 0.6 : 0);
          while (performance.now() < until);
          return session.score(rows);
        };
        return { ...session, score };
      },
    });
    expect(slow.gate('latency')).toMatchObject({ outcome: 'failed' });
    expect(slow.gate('latency').sentence).toMatch(
      /^One row takes \d\S* ms \(p99\), \d\S* ms more than the 0\.5 ms that is allowed\.$/,
    );
    const large = await judged({
      holdout: madeHoldout({ users: 30, perUser: 5 }),
      plan: { ...GatePlan.parse({ latencyMaxMs: 1_000 }), bytesMax: sound.length - 100 },
    });
    expect(large.gate('size').sentence).toBe(
      `The file has ${sound.length} bytes, 100 bytes more than the ${sound.length - 100} bytes that are allowed.`,
    );
  });
});

describe('numbers', () => {
  const model = {
    task: 'regression' as const,
    features: [...gateFeatures],
    featureVersion: '1',
  };
  const numbers = madeHoldout({ task: 'regression' });

  test('are judged by squared error; what is asked of probabilities is not asked', async () => {
    const { report, gate, outcomes } = await judged({
      model,
      holdout: numbers,
      candidate: { bytes: linearFile([1, 0.5], 0, 'regression'), golden: null },
      champion: linearChampion([0.9, 0.5], 0, 'regression'),
    });
    expect(report.passed).toBe(true);
    expect(outcomes).toMatchObject({ holdout: 'passed', calibration: 'skipped', churn: 'skipped' });
    expect(gate('holdout').sentence).toMatch(
      /^Squared error, as a share of the variance of the labels, 0\.\d+ below that of champion 1\.3 on/,
    );
    expect(gate('calibration').sentence).toBe('It predicts numbers, not probabilities.');
    expect(gate('slices').sentence).toMatch(
      /Protected groups are compared for two classes alone\.$/,
    );
    expect(holdoutMetrics(report.gates)).toEqual({ squaredError: expect.any(Number) });
  });

  test('that are worse fail', async () => {
    const { gate } = await judged({
      model,
      holdout: numbers,
      candidate: { bytes: linearFile([0.2, 0.5], 0, 'regression'), golden: null },
      champion: linearChampion([1, 0.5], 0, 'regression'),
    });
    expect(gate('holdout').sentence).toMatch(/^Squared error, as a share of .+ is worse by more/);
  });
});

test('weights of the examples count', async () => {
  const of = async (weights?: (row: number) => number) => {
    const { report } = await judged({
      holdout: madeHoldout({ ...(weights === undefined ? {} : { weights }) }),
      candidate: { bytes: linearFile([0.5, 0.5]), golden: null },
    });
    return report.gates.flatMap(({ gate, checks }) =>
      gate === 'latency' ? [] : checks.map(({ value }) => value),
    );
  };
  const plain = await of();
  const alike = await of(() => 7);
  for (const [i, value] of alike.entries()) expect(value).toBeCloseTo(plain[i]!, 6);
  expect(await of((row) => (row % 2 === 0 ? 5 : 1))).not.toEqual(plain);
});

test('a holdout whose columns do not fit together is a mistake of the caller', async () => {
  const short = { ...holdout, online: holdout.online.subarray(1) };
  await expect(judgeGates(gateInput({ holdout: short }))).rejects.toThrow(
    'online: expected 3000 rows, got 2999',
  );
});
