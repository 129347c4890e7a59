/** Versions in the stream: models that were trained here, run by ONNX Runtime in a thread, against a plain recomputation. */
import fc from 'fast-check';
import { map, pipe, Subject } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Batch, codesOf, numbersOf } from '../../../contracts/batch.ts';
import { EngineError } from '../../../contracts/errors.ts';
import type { ModelRecord } from '../../../contracts/modelRecord.ts';
import type { PipelineContext } from '../../../contracts/pipeline.ts';
import type { VersionScorer } from '../../../contracts/versionScorer.ts';
import { bucketKey, bucketOf, buckets } from '../../../models/assignment/bucket.ts';
import { emptyUnit, takeUnit } from '../../../models/assignment/unit.ts';
import { openSession } from '../../../models/scoring/session.ts';
import {
  type ClosableVersionScorer,
  createVersionScorer,
} from '../../../models/scoring/versionScorer.ts';
import { combiner } from '../../../models/stacking/combiner.ts';
import { logit } from '../../../models/stacking/logit.ts';
import type { Predictions } from '../../../operators/predictThenLearn.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { where } from '../../../operators/where.ts';
import { ModelRecords } from '../../../pipelines/versions/modelRecords.ts';
import { predictWithVersions } from '../../../pipelines/versions/predictWithVersions.ts';
import { armRows, pairColumns, pairedRows } from '../../../pipelines/versions/releaseRows.ts';
import { type OperatorCase, type Plan, runCase } from '../../operators/checks/runCase.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';
import {
  answerLearner,
  answerRows,
  artifactIn,
  examplesOf,
  online,
  recordRow,
  type TestVersions,
  trainVersions,
  withRecords,
} from '../../support/servedAnswers.ts';

const compiled = new URL('../../../dist/models/scoring/scorerThread.js', import.meta.url);
const straight: Plan = { cuts: [], epochs: [], restart: false };
const rows = answerRows(600);
let versions: TestVersions;
let scorer: ClosableVersionScorer;

beforeAll(() => {
  versions = trainVersions(answerRows(1_500, 2));
  scorer = createVersionScorer(artifactIn(versions.files), {}, compiled);
});
afterAll(() => scorer.close());

interface Result {
  readonly offset: number;
  readonly user: string;
  readonly served: string;
  readonly probability: number;
  readonly online: number;
  /** By version, of those that predicted. */
  readonly by: Readonly<Record<string, number>>;
}

interface Told {
  readonly results: Result[];
  /** Rows for statistics: of losses, of arms. */
  readonly paired: string[];
  readonly arms: string[];
  readonly problems: string[];
}

function resultsOf({
  batch,
  rows,
  length,
  probabilities,
  online,
  versions,
  served,
  ...made
}: Predictions) {
  const users = codesOf(batch, 'user');
  return Array.from({ length }, (_, i): Result => {
    const by = (made.byVersion ?? []).map((column, v) => [versions[v]!, column[i]!] as const);
    return {
      offset: batch.offsets[rows[i]!]!,
      user: batch.dictionary.text(users[rows[i]!]!),
      served: versions[served[i]!]!,
      probability: probabilities[i]!,
      online: online[i]!,
      by: Object.fromEntries(by.slice(1).filter(([, value]) => !Number.isNaN(value))),
    };
  });
}

const textsOf = (batch: Batch, numbers: readonly string[], codes: readonly string[]) =>
  Array.from({ length: batch.length }, (_, i) =>
    [
      batch.offsets[i],
      ...codes.map((column) => batch.dictionary.text(codesOf(batch, column)[i]!)),
      ...numbers.map((column) => numbersOf(batch, column)[i]),
    ].join(' '),
  );

/** @param scoring null: nothing runs files */
function play(
  log: readonly PlainRow[],
  plan = straight,
  scoring: VersionScorer | null = scorer,
): Told {
  const told: Told = { results: [], paired: [], arms: [], problems: [] };
  const operatorCase: OperatorCase = {
    name: 'predictWithVersions',
    columns: answerLearner.columns,
    build(tables) {
      const context: PipelineContext = {
        ...{ partition: 0, partitions: 1, tables, publish: () => {}, countDuplicates: () => {} },
        ...(scoring === null ? {} : { scorer: scoring }),
        onProblem: (problem) => told.problems.push(problem),
      };
      const records = new ModelRecords(tables);
      const seen = tables.numbers('arms', { width: 1 });
      const learner = answerLearner.create(tables);
      const operator = pipe(
        records.take(),
        where('type', 'answered'),
        predictWithVersions(context, learner, { label: 'value', records }),
        map((made) => {
          told.results.push(...resultsOf(made));
          const { pairs } = made;
          if (pairs === undefined) return;
          told.paired.push(
            ...textsOf(
              pairedRows('answer', made, pairs),
              ['prediction', 'against', 'value'],
              pairColumns,
            ),
          );
          const firsts = armRows('answer', made, pairs, seen);
          const columns = [...pairColumns, 'user', 'context.arm'];
          told.arms.push(...textsOf(firsts, ['value', 'probability', 'period'], columns));
        }),
      );
      return { operator, results: () => [] };
    },
  };
  runCase(operatorCase, log, plan);
  return told;
}

const release = (version: TestVersions['trees'], share: number, stage: string, id = 'r1') => ({
  ...{ id, version, share, stage },
});

/** Shadow from 100, a fifth from 200, a half from 300, champion with a shadow beside it from 400, back from 500. */
function life(): Readonly<Record<number, Partial<ModelRecord>>> {
  const { trees, linear } = versions;
  return {
    100: { revision: 1, release: release(trees, 0, 'shadow') },
    200: { revision: 2, release: release(trees, 0.2, 'canary-1') },
    300: { revision: 3, release: release(trees, 0.5, 'canary-2') },
    400: { revision: 4, champion: trees, shadows: [linear] },
    500: { revision: 5 },
  };
}

/** What a version should predict of the answers `from` to before `to`, one by one, from the examples alone. */
async function recomputed(
  version: TestVersions['trees'],
  from: number,
  to: number,
  owns: readonly number[],
) {
  const { values, labels, features } = examplesOf(rows);
  const session = await openSession(versions.files.get(version.sha256!)!, { allowsMissing: true });
  const state = new Float64Array(combiner.width);
  combiner.start(state, 0);
  const found: number[] = [];
  for (let i = from; i < to; i += 1) {
    const row = values.slice(i * features.length, (i + 1) * features.length);
    const [base] = await session.score(row);
    const logits = [logit(base!), logit(owns[i]!)] as const;
    const predicted = combiner.predict(state, 0, ...logits);
    combiner.learn(state, 0, ...logits, predicted, labels[i]!);
    found.push(predicted);
  }
  await session.release();
  return found;
}

const plain = () => play(rows).results.map(({ probability }) => probability);

describe('versions in the stream', () => {
  test('predict what an offline recomputation does, bit for bit', async () => {
    const { results, problems } = play(withRecords(rows, life()));
    expect(problems).toEqual([]);
    const owns = results.map(({ online }) => online);
    expect(owns).toEqual(plain());
    const trees = results.flatMap(({ by }) => by['1.1'] ?? []);
    expect(trees).toEqual(await recomputed(versions.trees, 100, 500, owns));
    const linear = results.flatMap(({ by }) => by['1.2'] ?? []);
    expect(linear).toEqual(await recomputed(versions.linear, 400, 500, owns));
    // They say something of their own.
    expect(trees.filter((p, i) => Math.abs(p - owns[100 + i]!) > 0.01).length).toBeGreaterThan(200);
  });

  test('change who serves at the record, without losing a row or taking one twice', () => {
    const { results } = play(withRecords(rows, life()));
    expect(results).toHaveLength(600);
    expect(new Set(results.map(({ offset }) => offset)).size).toBe(600);
    const served = (from: number, to: number) => [
      ...new Set(results.slice(from, to).map((result) => result.served)),
    ];
    expect([served(0, 200), served(400, 500), served(500, 600)]).toEqual([['1'], ['1.1'], ['1']]);
    for (const { served, probability, by, online } of results) {
      expect(probability).toBe(served === '1' ? online : by[served]);
    }
  });

  test('serve the same users through a release, and more of them as the share grows', () => {
    const { results } = play(withRecords(rows, life()));
    const unit = emptyUnit();
    const key = bucketKey('variant', 'r1');
    const isDrawn = (user: string, share: number) => {
      takeUnit(unit, user);
      return bucketOf(key, unit) < share * buckets;
    };
    for (const [from, to, share] of [
      [200, 300, 0.2],
      [300, 400, 0.5],
    ] as const) {
      for (const { user, served } of results.slice(from, to)) {
        expect(served).toBe(isDrawn(user, share) ? '1.1' : '1');
      }
    }
    const usersOf = (from: number, to: number) =>
      new Set(
        results.slice(from, to).flatMap(({ user, served }) => (served === '1.1' ? user : [])),
      );
    const [fifth, half] = [usersOf(200, 300), usersOf(300, 400)];
    expect(fifth.size).toBeGreaterThan(1);
    expect(half.size).toBeGreaterThan(fifth.size);
  });

  test('are compared in pairs: in shadow all rows, in a canary those that it serves', () => {
    const { results, paired } = play(withRecords(rows, life()));
    const expected = results.flatMap(({ by, online, served, offset }, i) => {
      const label = rows[i]!.value;
      const p = by['1.1'];
      if (p === undefined) return [];
      if (i < 200) return [`${offset} answer 1.1 1 r1:shadow ${p} ${online} ${label}`];
      const stage = i < 300 ? 'r1:canary-1' : 'r1:canary-2';
      if (i < 400)
        return served === '1.1' ? [`${offset} answer 1.1 1 ${stage} ${p} ${online} ${label}`] : [];
      return [`${offset} answer 1.2 1.1 shadow ${by['1.2']} ${p} ${label}`];
    });
    expect(paired).toEqual(expected);
  });

  test('have arms of the first outcome of each user in each stage', () => {
    const { results, arms } = play(withRecords(rows, life()));
    const seen = new Set<string>();
    const expected = results.flatMap(({ user, served, offset }, i) => {
      if (i < 200 || i >= 400) return [];
      const [stage, share] =
        i < 300 ? ['r1:canary-1', Math.round(0.2 * buckets) / buckets] : ['r1:canary-2', 0.5];
      if (seen.has(`${stage} ${user}`)) return [];
      seen.add(`${stage} ${user}`);
      const [arm, probability] = served === '1.1' ? ['served', share] : ['others', 1 - share];
      return [`${offset} answer 1.1 1 ${stage} ${user} ${arm} ${rows[i]!.value} ${probability} 0`];
    });
    expect(arms).toEqual(expected);
  });

  test('predict the same however the log is cut and wherever a worker begins again', () => {
    const log = withRecords(rows, life());
    const whole = play(log);
    const place = fc.nat(log.length);
    const plans = fc.record({
      cuts: fc.array(place, { maxLength: 12 }),
      epochs: fc.array(fc.nat(12), { maxLength: 4 }),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(plans, (plan) => {
        expect(play(log, plan)).toEqual(whole);
      }),
      { numRuns: 5 },
    );
    // A record as the last and as the first of a batch.
    expect(
      play(log, { cuts: [100, 101, 201, 202, 403, 404], epochs: [0, 2, 4], restart: true }),
    ).toEqual(whole);
  });

  test('older records and records again change nothing', () => {
    const { trees } = versions;
    const shadow = { revision: 4, release: release(trees, 0, 'shadow') };
    const log = withRecords(rows, { 100: shadow });
    const again = withRecords(rows, {
      100: shadow,
      200: { revision: 3, champion: trees },
      300: shadow,
    });
    const strip = ({ results }: Told) => results.map(({ offset: _, ...rest }) => rest);
    expect(strip(play(again))).toEqual(strip(play(log)));
  });

  test('that rest for a while go on where they were', () => {
    const { trees } = versions;
    const champion = { champion: trees };
    const { results } = play(
      withRecords(rows, {
        0: { revision: 1, ...champion },
        300: { revision: 2 },
        400: { revision: 3, ...champion },
      }),
    );
    const anew = play(withRecords(rows, { 400: { revision: 3, ...champion } })).results;
    expect(results[450]!.by['1.1']).not.toBe(anew[450]!.by['1.1']);
    expect(results[350]!.by).toEqual({});
  });
});

describe('a version that cannot be had', () => {
  const everywhere = (more: object) => withRecords(rows, { 0: { revision: 1, ...more } });
  const served = ({ results }: Told) => [...new Set(results.map((result) => result.served))];

  test.each([
    ['nothing runs files', () => null, 'MODEL_UNUSABLE: nothing here runs files'],
    ['no file', () => artifacts(new Map()), 'ARTIFACT_UNAVAILABLE'],
    [
      'another file',
      () => artifacts(new Map([[versions.trees.sha256!, Uint8Array.of(1)]])),
      'ARTIFACT_CORRUPT',
    ],
  ])('%s: the online learner serves in its place, and it is told once', (_, scoring, reason) => {
    const log = everywhere({ champion: versions.trees });
    const told = play(log, { cuts: [50, 100, 300], epochs: [], restart: false }, scoring());
    expect(served(told)).toEqual(['1']);
    expect(told.results.map(({ probability }) => probability)).toEqual(plain());
    expect(told.problems).toHaveLength(1);
    expect(told.problems[0]).toMatch(
      /^Version 1\.1 of answer does not predict in partition 0, the online learner serves in its place: /,
    );
    expect(told.problems[0]).toContain(reason);
  });

  const made: ClosableVersionScorer[] = [];
  function artifacts(files: ReadonlyMap<string, Uint8Array>): VersionScorer {
    const own = createVersionScorer(artifactIn(files), {}, compiled);
    made.push(own);
    return own;
  }
  afterAll(() => Promise.all(made.map((each) => each.close())));

  test('because its features are others', () => {
    const { problems } = play(everywhere({ champion: { ...versions.trees, version: '2.1' } }));
    expect(problems[0]).toContain('MODEL_UNUSABLE: features are of 1');
    const narrow = play(everywhere({ champion: { ...versions.trees, width: 3 } }));
    expect(narrow.problems[0]).toContain('it reads 3 features, of which there are');
  });

  test('is asked for again with the next record, and with a restart', () => {
    const files = new Map<string, Uint8Array>();
    const scoring = artifacts(files);
    const log = withRecords(rows, {
      0: { revision: 1, champion: versions.trees },
      300: { revision: 2, champion: versions.trees },
    });
    const appearing: VersionScorer = {
      ...scoring,
      open(sha256, width) {
        opened += 1;
        if (opened === 2) files.set(sha256, versions.files.get(sha256)!);
        scoring.open(sha256, width);
      },
    };
    let opened = 0;
    const byRecord = play(log, straight, appearing);
    expect(byRecord.results.map((result) => result.served)).toEqual(
      rows.map((_, i) => (i < 300 ? '1' : '1.1')),
    );
    files.clear();
    opened = 0;
    const plan = { cuts: [150], epochs: [0], restart: true };
    const byRestart = play(everywhere({ champion: versions.trees }), plan, appearing);
    // The record is the first row.
    expect(byRestart.results.map((result) => result.served)).toEqual(
      rows.map((_, i) => (i < 149 ? '1' : '1.1')),
    );
  });

  test('that fails later is let go, the others go on, and nothing is compared with it', () => {
    let calls = 0;
    let released = 0;
    const failing: VersionScorer = {
      ...scorer,
      score(sha256, values) {
        if (sha256 !== versions.linear.sha256) return scorer.score(sha256, values);
        calls += 1;
        if (calls === 3) throw new EngineError('MODEL_UNUSABLE', 'the model predicts NaN');
        return scorer.score(sha256, values);
      },
      release(sha256) {
        if (sha256 === versions.linear.sha256) released += 1;
        scorer.release(sha256);
      },
    };
    const log = everywhere({
      champion: versions.linear,
      release: release(versions.trees, 0.5, 'canary-1'),
    });
    const { results, paired, problems } = play(
      log,
      { cuts: [101, 201, 301], epochs: [], restart: false },
      failing,
    );
    expect(problems).toHaveLength(1);
    expect(released).toBe(1);
    expect(new Set(results.slice(0, 200).map((each) => each.served))).toEqual(
      new Set(['1.1', '1.2']),
    );
    expect(new Set(results.slice(200).map((each) => each.served))).toEqual(new Set(['1.1', '1']));
    expect(Math.max(...paired.map((text) => Number(text.split(' ')[0])))).toBeLessThanOrEqual(201);
  });
});

test('files are let go when nothing names them, and at the end', () => {
  const held: string[] = [];
  const counting: VersionScorer = {
    ...scorer,
    open(sha256, width) {
      scorer.open(sha256, width);
      held.push(sha256);
    },
    release(sha256) {
      scorer.release(sha256);
      held.splice(held.indexOf(sha256), 1);
    },
  };
  const { trees, linear } = versions;
  const tables = createStateTables(new InternDictionary());
  const context: PipelineContext = {
    ...{ partition: 0, partitions: 1, tables, publish: () => {}, countDuplicates: () => {} },
    scorer: counting,
  };
  const records = new ModelRecords(tables);
  const source = new Subject<Batch>();
  const learner = answerLearner.create(tables);
  const subscription = source
    .pipe(records.take(), predictWithVersions(context, learner, { label: 'value', records }))
    .subscribe();
  const { dictionary } = tables;
  const take = (record: Partial<ModelRecord>) =>
    source.next(
      batchOf([recordRow(record, rows[0]!.time)], { dictionary, columns: answerLearner.columns }),
    );
  take({ revision: 1, champion: trees, shadows: [linear] });
  expect(held).toEqual([trees.sha256, linear.sha256]);
  take({ revision: 2, champion: linear });
  expect(held).toEqual([linear.sha256]);
  take({ revision: 3, champion: linear, shadows: [trees] });
  subscription.unsubscribe();
  expect(held).toEqual([]);
});

test('records that are not sound, or not of the engine, are refused', () => {
  const time = rows[0]!.time;
  const refusals: string[] = [];
  const log = [
    { ...recordRow({ revision: 1 }, time), user: 'student-1' },
    { ...recordRow({ revision: 1 }, time), context: { definition: '{"model":"answer"}' } },
    { ...recordRow({ revision: 1 }, time), context: { definition: 'null' } },
    recordRow({ revision: 1, champion: { ...online, version: 'x' } }, time),
  ];
  const operatorCase: OperatorCase = {
    name: 'records',
    build: (tables) => ({
      operator: pipe(
        new ModelRecords(tables).take(),
        map((batch) => {
          refusals.push(...batch.refusals.map(({ code, reason }) => `${code} ${reason}`));
          expect(batch.length).toBe(0);
        }),
      ),
      results: () => [],
    }),
  };
  runCase(operatorCase, log, straight);
  expect(refusals).toHaveLength(4);
  expect(refusals[0]).toBe(
    "MODEL_INVALID type: millrace.model is the engine's own; release versions at /v1/models",
  );
  for (const refusal of refusals.slice(1))
    expect(refusal).toMatch(/^MODEL_INVALID the record of a model/);
});
