/** Definitions in a partition's state: what comes from the log is judged, what was judged before a restart is not again. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables, type TableRegistry } from '../../../operators/state/stateTables.ts';
import { Definitions } from '../../../pipelines/experiments/definitions.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const recordOf = (revision: number, key = 'hints'): ExperimentRecord => ({
  revision,
  experiment: makeRunning({ key }),
  metrics: [makeMetric()],
});
const begin = () => {
  const tables = createStateTables(new InternDictionary());
  return { tables, definitions: new Definitions(tables) };
};

/** All of a definition but the functions that are made of it. */
function known(definitions: Definitions, key = 'hints') {
  const { metrics, ...rest } = definitions.get(key)!;
  return { ...rest, metrics: metrics.map(({ metric, seed, types }) => ({ metric, seed, types })) };
}

/** What a checkpoint of the tables stored, restored into new ones; `change` may tamper with it. */
function restarted(
  before: TableRegistry,
  change: (table: {
    get(key: string): unknown;
    set(key: string, state: unknown): void;
  }) => void = () => {},
) {
  const table = before.all.find(({ name }) => name === 'experiments')!;
  change(table as unknown as Parameters<typeof change>[0]);
  const after = begin();
  const restored = after.tables.all.find(({ name }) => name === 'experiments')!;
  table.drain((bytes, keyEnd, end) => {
    restored.restore(bytes.slice(0, keyEnd), bytes.slice(keyEnd, end));
  });
  restored.restored?.();
  return after;
}

describe('from the log', () => {
  test.each([
    ['no JSON', '{"revision":'],
    ['no text', 7],
    ['a field that there is not', JSON.stringify({ ...recordOf(1), form: 'x' })],
    ['a weight beyond 1', JSON.stringify(recordOf(1)).replace('"weight":0.5', '"weight":1.5')],
    ['no experiment', JSON.stringify({ ...recordOf(1), experiment: null })],
  ])('%s is refused', (_, text) => {
    const { definitions } = begin();
    expect(() => definitions.take(text)).toThrow(
      expect.objectContaining({ code: 'EXPERIMENT_INVALID' }),
    );
    // The same beside a sound definition, before and after a restart.
    definitions.take(JSON.stringify(recordOf(1)));
    expect(() => definitions.take(text)).toThrow(/cannot be read/);
    expect(definitions.get('hints')!.revision).toBe(1);
  });

  test('what is newer counts, what is older or the same changes nothing', () => {
    const { definitions } = begin();
    definitions.take(JSON.stringify(recordOf(2)));
    definitions.take(JSON.stringify(recordOf(1)));
    expect(definitions.get('hints')!.revision).toBe(2);
    const known = definitions.get('hints');
    const parse = vi.spyOn(ExperimentRecord, 'safeParse');
    definitions.take(JSON.stringify(recordOf(2)));
    expect(parse).not.toHaveBeenCalled();
    expect(definitions.get('hints')).toBe(known);
    definitions.take(JSON.stringify(recordOf(3)));
    expect(definitions.get('hints')!.revision).toBe(3);
  });
});

describe('after a restart', () => {
  test('the same are known, without being judged again', () => {
    const { tables, definitions } = begin();
    // As somebody else may write it: without what has a default.
    const { alpha, sticky, holdouts, ...input } = recordOf(1).experiment;
    definitions.take(JSON.stringify({ ...recordOf(1), experiment: input }));
    const before = known(definitions);
    expect(before.experiment.alpha).toBe(alpha);
    const parse = vi.spyOn(ExperimentRecord, 'safeParse');
    expect(known(restarted(tables).definitions)).toEqual(before);
    expect(parse).not.toHaveBeenCalled();
  });

  test.each([
    ['before forms were noted', undefined],
    ['of another version', '0123456789abcdef'],
  ])('a state %s is judged once, and is of this form then', (_, form) => {
    const { tables, definitions } = begin();
    definitions.take(JSON.stringify(recordOf(1)));
    const { alpha, ...input } = recordOf(1).experiment;
    const older = { definition: JSON.stringify({ ...recordOf(1), experiment: input }) };
    const after = restarted(tables, (table) =>
      table.set('hints', form === undefined ? older : { ...older, form }),
    );
    const parse = vi.spyOn(ExperimentRecord, 'safeParse');
    expect(known(after.definitions)).toEqual(known(definitions));
    expect(parse).toHaveBeenCalledTimes(1);
    const again = restarted(after.tables);
    expect(known(again.definitions)).toEqual(known(definitions));
    expect(parse).toHaveBeenCalledTimes(1);
  });

  test('a state of another form that is not sound is unknown, and no other with it', () => {
    const { tables, definitions } = begin();
    definitions.take(JSON.stringify(recordOf(1)));
    definitions.take(JSON.stringify(recordOf(1, 'others')));
    const after = restarted(tables, (table) => table.set('hints', { definition: '{}', form: 'x' }));
    expect(after.definitions.get('hints')).toBeUndefined();
    expect(after.definitions.get('others')!.revision).toBe(1);
    after.definitions.take(JSON.stringify(recordOf(1)));
    expect(known(after.definitions).revision).toBe(1);
  });

  // Twenty metrics each, as large experiments have: 120 of them were 0.2 s of arithmetic while they were judged again.
  test('takes a small part of the time that judging takes', () => {
    const filter = {
      all: [1, 2, 3, 4].map((at) => ({
        any: [
          { field: 'type', is: 'answered' },
          { field: `context.f${at}`, is: at },
        ],
      })),
    };
    const metrics = Array.from({ length: 20 }, (_, i) => ({
      ...makeMetric({ key: `m-${i}` }),
      filter,
    }));
    const texts = Array.from({ length: 120 }, (_, i) => {
      const { experiment } = recordOf(1, `e-${i}`);
      const roles = metrics.map(({ key }) => ({ metric: key, role: 'secondary' as const }));
      return JSON.stringify({
        revision: 1,
        experiment: { ...experiment, metrics: roles },
        metrics,
      });
    });
    const { tables, definitions } = begin();
    const cpuOf = (work: () => void) => {
      const since = process.cpuUsage();
      work();
      return process.cpuUsage(since).user / 1_000;
    };
    const judging = cpuOf(() => {
      for (const text of texts) definitions.take(text);
    });
    const after = restarted(tables);
    const restarting = cpuOf(() => after.definitions.get('e-0'));
    expect(after.definitions.get('e-119')!.metrics).toHaveLength(20);
    expect(restarting).toBeLessThan(judging / 2);
  });
});
