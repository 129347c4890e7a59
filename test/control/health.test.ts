/** Health: the state is the worst of the checks, the sentence is what a person would say. */
import { describe, expect, test } from 'vitest';
import type { Quality } from '../../contracts/api.ts';
import type { PartitionFacts } from '../../control/engineStatus.ts';
import { type HealthFacts, health } from '../../control/health.ts';

const now = Date.UTC(2026, 0, 15, 10);

function partition(facts: Partial<PartitionFacts> = {}): PartitionFacts {
  return {
    pipeline: 'learn',
    version: 1,
    summary: 'Learns from every answer.',
    partition: 0,
    state: 'running',
    detail: null,
    committedOffset: 1_000,
    endOffset: 1_042,
    eventsPerSecond: 106,
    commitMs: 12,
    committedAt: now - 400,
    waitingSince: now - 400,
    tables: [],
    ...facts,
  };
}

function judge(facts: Partial<HealthFacts> = {}) {
  return health({
    now,
    partitions: [partition(), partition({ partition: 1 })],
    storeProblem: null,
    logProblem: null,
    refusals: { recent: { events: 1_000, refused: 0 }, before: { events: 1_000, refused: 0 } },
    refusalCode: null,
    models: [],
    ...facts,
  });
}

const quality = (calibrationError: number | null, count = 5_000): Quality => ({
  count,
  baseRate: 0.5,
  auc: 0.7,
  logLoss: 0.6,
  brier: 0.2,
  accuracy: 0.7,
  calibrationError,
});

describe('when all is well', () => {
  test('the sentence tells the pace', () => {
    expect(judge()).toMatchObject({
      state: 'good',
      sentence: 'All 2 partitions keep up: 212 events/s, 0.4 s behind.',
    });
  });

  test('and what is refused, when anything is', () => {
    const { state, sentence } = judge({
      refusals: { recent: { events: 9_810, refused: 190 }, before: { events: 980, refused: 20 } },
      refusalCode: 'EVENT_FIELD_MISSING',
    });
    expect(state).toBe('good');
    expect(sentence).toBe(
      'All 2 partitions keep up: 212 events/s, 0.4 s behind. ' +
        '1.9 % of events were refused, most because a required field is absent.',
    );
  });

  test('also when that is next to nothing', () => {
    const { sentence } = judge({
      refusals: { recent: { events: 9_999, refused: 1 }, before: { events: 0, refused: 0 } },
    });
    expect(sentence).toMatch(/behind\. Under 0\.1 % of events were refused\.$/);
  });

  test('an engine without events waits, one that has read all rests', () => {
    const fresh = partition({
      committedOffset: 0,
      endOffset: 0,
      eventsPerSecond: 0,
      committedAt: null,
      waitingSince: null,
    });
    expect(judge({ partitions: [fresh] }).sentence).toBe(
      'The engine runs and waits for its first events.',
    );
    const idle = partition({
      endOffset: 1_000,
      eventsPerSecond: 0,
      committedAt: now - 86_400_000,
      waitingSince: null,
    });
    expect(judge({ partitions: [idle] })).toMatchObject({
      state: 'good',
      sentence: 'The one partition keeps up: every event is processed and none arrives now.',
    });
  });

  test('one event that passes through two pipelines is one event', () => {
    const partitions = [partition(), partition({ pipeline: 'watch' })];
    expect(judge({ partitions }).sentence).toContain('106 events/s');
  });
});

describe('what is wrong', () => {
  test.each<[string, Partial<HealthFacts>, string, RegExp]>([
    [
      'a log that takes no more',
      { logProblem: 'the disk is full' },
      'bad',
      /turned away.*the disk is full\.$/,
    ],
    [
      'an absent ClickHouse',
      { storeProblem: 'no answer' },
      'bad',
      /^ClickHouse does not answer: .*kept.*\(no answer\)\.$/,
    ],
    [
      'a failed partition',
      {
        partitions: [
          partition(),
          partition({ partition: 1, state: 'failed', detail: 'Out of memory.' }),
        ],
      },
      'bad',
      /^1 of 2 partitions failed \(learn, partition 1\).*none is lost: Out of memory\.$/,
    ],
    [
      'a partition that stands still',
      { partitions: [partition({ waitingSince: now - 45_000 })] },
      'attention',
      /1 of 1 partition stand still: learn, partition 0 has committed nothing for 45 s while 42 events wait\.$/,
    ],
    [
      'one that has stood still for long',
      { partitions: [partition({ waitingSince: now - 600_000, detail: 'ClickHouse is busy' })] },
      'bad',
      /nothing for 10 min while 42 events wait: ClickHouse is busy\.$/,
    ],
    [
      'one that has never committed, with one event waiting',
      {
        partitions: [
          partition({
            committedOffset: 0,
            endOffset: 1,
            committedAt: null,
            waitingSince: now - 31_000,
            eventsPerSecond: 0,
          }),
        ],
      },
      'attention',
      /has committed nothing for 31 s while 1 event waits\.$/,
    ],
    [
      'one that cannot write, at once',
      { partitions: [partition({ state: 'waiting', detail: 'NOT_ENOUGH_SPACE' })] },
      'attention',
      /^1 of 1 partition cannot go on and try again \(learn, partition 0\): NOT_ENOUGH_SPACE\.$/,
    ],
    [
      'a backlog',
      { partitions: [partition({ endOffset: 701_000, eventsPerSecond: 7_000 })] },
      'attention',
      /^The engine is catching up: 700,000 events wait, about 100 s of work at 7,000 events\/s\.$/,
    ],
    [
      'a start that is not over',
      {
        partitions: [
          partition(),
          partition({ partition: 1, state: 'starting', committedAt: null }),
        ],
      },
      'attention',
      /^The engine is starting: 1 of 2 partitions run so far\.$/,
    ],
    [
      'a partition that nobody has',
      { partitions: [partition(), partition({ partition: 1, state: 'stopped', detail: 'alone' })] },
      'attention',
      /^1 of 2 partitions are stopped \(learn, partition 1: alone\); 42 events wait\.$/,
    ],
    ['no pipeline at all', { partitions: [] }, 'attention', /^No pipeline runs/],
    [
      'many refusals',
      {
        refusals: { recent: { events: 900, refused: 100 }, before: { events: 900, refused: 90 } },
        refusalCode: 'EVENT_NOT_JSON',
      },
      'attention',
      /^10 % of events were refused, most because the bytes are not one JSON value in UTF-8\.$/,
    ],
    [
      'rising refusals',
      {
        refusals: { recent: { events: 960, refused: 40 }, before: { events: 9_900, refused: 100 } },
      },
      'attention',
      /^Refusals rise: 4 % of events instead of 1 %\.$/,
    ],
    [
      'a model off its calibration',
      { models: [{ name: 'answer', recent: quality(0.072) }] },
      'attention',
      /^What the model answer calls probable is off by 7\.2 percentage points on average/,
    ],
  ])('%s is told', (_name, facts, state, words) => {
    const judged = judge(facts);
    expect(judged.state).toBe(state);
    expect(judged.sentence).toMatch(words);
  });

  test('comes worst first, and two things at most', () => {
    const { state, sentence, checks } = judge({
      models: [{ name: 'answer', recent: quality(0.2) }],
      refusals: { recent: { events: 500, refused: 500 }, before: { events: 0, refused: 0 } },
      storeProblem: 'no answer',
    });
    expect(state).toBe('bad');
    expect(sentence).toMatch(/^ClickHouse.* 50 % of events were refused\.$/);
    expect(checks.map((check) => check.state)).toEqual([
      'good',
      'bad',
      'good',
      'attention',
      'attention',
    ]);
  });
});

describe('what is not worth a word', () => {
  test.each<[string, Partial<HealthFacts>]>([
    [
      'one event after a quiet hour',
      {
        partitions: [
          partition({ committedAt: now - 3_600_000, waitingSince: now - 80, eventsPerSecond: 0 }),
        ],
      },
    ],
    [
      'a few refusals among few events',
      { refusals: { recent: { events: 5, refused: 5 }, before: { events: 9, refused: 0 } } },
    ],
    ['a model with few predictions', { models: [{ name: 'answer', recent: quality(0.4, 100) }] }],
    ['a model without labels', { models: [{ name: 'answer', recent: quality(null) }] }],
  ])('%s', (_name, facts) => {
    expect(judge(facts).state).toBe('good');
  });
});
