/** What those who watch are told agrees with what was sent, on the real engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueries } from '../../api/queries/queries.ts';
import {
  EpochSeries,
  Health,
  LiveTick,
  MetricSeries,
  MetricsAnswer,
  ModelDetail,
  ModelsAnswer,
  PipelinesAnswer,
  RefusalsAnswer,
} from '../../contracts/api.ts';
import {
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const minute = 60_000;
const students = 40;
const answersEach = 12;
const data = temporaryDirectory();
let at: TestEngine;

/** The first event of all, ms: an hour ago, at the start of a minute. */
const start = Math.floor(Date.now() / minute) * minute - 60 * minute;
const timeOf = (ms: number) => new Date(start + ms).toISOString();

/** Views and answers of each student in turn, a second apart; 8 of 12 answers are right. */
const views = Array.from({ length: students * answersEach }, (_, i) => ({
  id: `view-${i}`,
  type: 'viewed',
  time: timeOf(i * 1_000),
  user: `student-${i % students}`,
  item: `item-${i % 7}`,
}));
const answers = views.map((view, i) => ({
  id: `answer-${i}`,
  type: 'answered',
  time: timeOf(i * 1_000 + 500),
  user: view.user,
  item: view.item,
  value: Math.floor(i / students) % 3 === 0 ? 0 : 1,
  context: { skill: `skill-${i % 3}`, course: `course-${i % 2}` },
}));
const ratings = answers.slice(-10).map(({ user, item }, i) => ({
  id: `rating-${i}`,
  type: 'rated',
  time: timeOf(students * answersEach * 1_000),
  user,
  item,
  value: 4,
  context: { course: 'course-0' },
}));
const events = [...views.flatMap((view, i) => [view, answers[i]!]), ...ratings];
/** Again, word for word. */
const repeated = answers.slice(-6);
/** The watermark of every partition has passed this time by far: the campus has lasted eight minutes more than the lateness. */
const late = answers.slice(0, 4).map((answer, i) => ({
  ...answer,
  id: `late-${i}`,
  time: new Date(start - 20 * minute).toISOString(),
}));
const malformed = ['{}', '{"id":', '{"id":"x","type":"t","time":0,"user":"u"}', '{}', '17'];
const good = events.length + repeated.length + late.length;

beforeAll(async () => {
  at = await startTestEngine(data);
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

/** The states that the messages of `/v1/live` add up to, until the caller has had enough. */
async function* ticks(url: string, signal: AbortSignal): AsyncGenerator<LiveTick> {
  const response = await fetch(`${url}/v1/live`, { signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  let state = {};
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const line = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (line === undefined) continue;
      state = { ...state, ...(JSON.parse(line) as object) };
      yield LiveTick.parse(state);
    }
  }
}

describe('before the first event', () => {
  test('the engine lives, is ready and says that it waits', async () => {
    await eventually(async () => {
      for (const path of ['/livez', '/readyz']) {
        const response = await fetch(`${at.url}${path}`);
        expect([path, response.status, await response.text()]).toEqual([path, 200, 'ok\n']);
      }
    });
    const health = await at.get('/v1/health', Health);
    expect(health).toMatchObject({
      state: 'good',
      sentence: 'The engine runs and waits for its first events.',
    });
    expect(await at.get('/v1/models', ModelsAnswer)).toEqual({ models: [] });
    expect(await at.get('/v1/metrics', MetricsAnswer)).toEqual({ metrics: [] });
  });

  test('the API describes itself, and the page of it needs nothing from elsewhere', async () => {
    const document = (await (await fetch(`${at.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const path of ['/v1/events', '/v1/health', '/v1/live', '/v1/metrics', '/v1/pipelines']) {
      expect(Object.keys(document.paths)).toContain(path);
    }
    const page = await (await fetch(`${at.url}/docs`)).text();
    expect(page).toContain('/v1/events');
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  });
});

describe('after events', () => {
  test('the live stream ticks, and its committed offset grows as far as what was sent', async () => {
    const stop = new AbortController();
    const seen: LiveTick[] = [];
    for await (const tick of ticks(at.url, stop.signal)) {
      seen.push(tick);
      if (seen.length === 1) {
        expect(tick.committed).toBe(0);
        const lines = [...events, ...repeated].map((event) => JSON.stringify(event)).join('\n');
        expect((await at.post(lines, ndjson)).status).toBe(202);
        await at.settle();
        const rest = [...late.map((event) => JSON.stringify(event)), ...malformed].join('\n');
        expect((await at.post(rest, ndjson)).status).toBe(202);
      }
      if (tick.committed >= good + malformed.length) break;
    }
    expect(seen.at(-1)!.committed).toBe(good + malformed.length);
    expect(seen.at(-1)!.lagEvents).toBe(0);
    for (let i = 1; i < seen.length; i += 1) {
      expect(seen[i]!.committed).toBeGreaterThanOrEqual(seen[i - 1]!.committed);
      expect(seen[i]!.time).toBeGreaterThan(seen[i - 1]!.time);
    }
  }, 90_000);

  test('the pipeline counts what it took, refused, found late and found twice', async () => {
    await at.settle();
    await eventually(async () => {
      const { pipelines } = await at.get('/v1/pipelines', PipelinesAnswer);
      expect(pipelines).toHaveLength(1);
      expect(pipelines[0]!.totals).toEqual({
        events: good,
        refused: malformed.length,
        late: late.length,
        duplicates: repeated.length,
      });
      for (const { state, lagEvents } of pipelines[0]!.partitions) {
        expect({ state, lagEvents }).toEqual({ state: 'running', lagEvents: 0 });
      }
    });
  });

  test('the epochs add up to the same', async () => {
    await eventually(async () => {
      const { points } = await at.get('/v1/pipelines/learning/epochs', EpochSeries);
      const sum = (figure: 'events' | 'refused' | 'late' | 'duplicates') =>
        points.reduce((total, point) => total + point[figure], 0);
      expect({
        events: sum('events'),
        refused: sum('refused'),
        late: sum('late'),
        duplicates: sum('duplicates'),
      }).toEqual({
        events: good,
        refused: malformed.length,
        late: late.length,
        duplicates: repeated.length,
      });
    });
  });

  /** What the API answers when nothing is withheld: the last minutes are not over, and segments are told by days. */
  const everything = () => createQueries(at.engine.store, Date.now, 0);

  async function totalOf(metric: string, segment?: string) {
    const range = `from=${start - 60 * minute}&to=${start + 60 * minute}`;
    const chosen = segment === undefined ? '' : `&segment=${segment}`;
    await at.get(`/v1/metrics/${metric}?${range}${chosen}`, MetricSeries);
    const asked = { from: start - 60 * minute, to: start + 60 * minute };
    const part = segment === undefined ? {} : { segment };
    const { points } = (await everything().metricSeries(metric, { ...asked, ...part }))!;
    const count = points.reduce((total, point) => total + (point.count ?? 0), 0);
    const sum = points.reduce((total, point) => total + (point.sum ?? 0), 0);
    return { count, sum };
  }

  test('each metric adds up to what was sent: late and repeated events do not count', async () => {
    // The catalogue is shared for a while by those who ask: it may be an older one.
    await eventually(async () => {
      const { metrics } = await at.get('/v1/metrics', MetricsAnswer);
      expect(metrics.map(({ metric }) => metric)).toEqual(
        expect.arrayContaining(['correct_share', 'events', 'rating', 'response_s']),
      );
    });
    const right = answers.filter(({ value }) => value === 1).length;
    const inCourse = answers.filter(({ context }) => context.course === 'course-1');
    expect(await totalOf('events')).toEqual({ count: events.length, sum: events.length });
    expect((await totalOf('events', 'viewed')).count).toBe(views.length);
    expect(await totalOf('correct_share')).toEqual({ count: answers.length, sum: right });
    expect((await totalOf('correct_share', 'course-1')).count).toBe(inCourse.length);
    expect(await totalOf('rating')).toEqual({ count: 10, sum: 40 });
    // Each answer came half a second after its view.
    const response = await totalOf('response_s');
    expect(response.count).toBe(answers.length);
    expect(response.sum).toBeCloseTo(answers.length / 2, 6);
  });

  test('the model has predicted each timely answer once, and its quality is that of its predictions', async () => {
    const model = await eventually(async () => {
      const { models } = await everything().models();
      expect(models.map(({ overall }) => overall.count)).toEqual([answers.length]);
      return models[0]!;
    });
    const predictions = await at.engine.store.query<{ p: number; y: number }>(
      'SELECT probability AS p, label AS y FROM predictions FINAL',
    );
    expect(predictions).toHaveLength(answers.length);
    const brier = predictions.reduce((sum, { p, y }) => sum + (p - y) ** 2, 0) / answers.length;
    expect(model.overall.brier!).toBeCloseTo(brier, 9);
    const hits = predictions.filter(({ p, y }) => (p >= 0.5 ? 1 : 0) === y).length;
    expect(model.overall.accuracy!).toBeCloseTo(hits / answers.length, 9);
    expect(model.overall.baseRate!).toBeCloseTo(2 / 3, 9);
    const range = `from=${start - 60 * minute}&to=${start + 60 * minute}`;
    await at.get(`/v1/models/${model.name}?${range}`, ModelDetail);
    const asked = { from: start - 60 * minute, to: start + 60 * minute };
    const detail = (await everything().model(model.name, asked))!;
    const counted = detail.points.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(answers.length);
    expect(detail.calibration.reduce((sum, { count }) => sum + count, 0)).toBe(answers.length);
  });

  test('the refusals are grouped by reason, with the newest shown', async () => {
    const refusals = await eventually(async () => {
      const answer = await at.get('/v1/refusals', RefusalsAnswer);
      expect(answer.total).toBe(malformed.length);
      return answer;
    });
    const counts = Object.fromEntries(refusals.reasons.map(({ code, count }) => [code, count]));
    expect(counts).toEqual({
      EVENT_FIELD_MISSING: 2,
      EVENT_NOT_JSON: 1,
      EVENT_TIME_OUT_OF_RANGE: 1,
      EVENT_NOT_OBJECT: 1,
    });
    expect(refusals.latest.map(({ preview }) => preview).sort()).toEqual([...malformed].sort());
  });

  test('Prometheus reads the same counts', async () => {
    const response = await fetch(`${at.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    const value = (sample: RegExp) =>
      [...text.matchAll(sample)].reduce((sum, match) => sum + Number(match[1]), 0);
    expect(value(/^millrace_ingest_accepted_total (\d+)$/gm)).toBe(good);
    expect(value(/^millrace_ingest_refused_total (\d+)$/gm)).toBe(malformed.length);
    expect(value(/^millrace_ingest_requests_total\{status="202"\} (\d+)$/gm)).toBe(2);
    const all = good + malformed.length;
    expect(value(/^millrace_partition_end_offset\{.*\} (\d+)$/gm)).toBe(all);
    expect(value(/^millrace_partition_committed_offset\{.*\} (\d+)$/gm)).toBe(all);
    expect(value(/^millrace_partition_up\{.*\} (\d+)$/gm)).toBe(2);
  });

  test('what there is not is a 404 that says so, what is asked wrongly a 400', async () => {
    for (const [path, status] of [
      ['/v1/metrics/absent', 404],
      ['/v1/models/absent', 404],
      ['/v1/pipelines/absent/epochs', 404],
      ['/v1/absent', 404],
      ['/v1/metrics/events?from=late', 400],
      ['/v1/metrics/events?from=2&to=1', 400],
    ] as const) {
      const response = await fetch(`${at.url}${path}`);
      expect([path, response.status]).toEqual([path, status]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      await response.body?.cancel();
    }
  });
});
