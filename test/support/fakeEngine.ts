/**
 * An engine for the pages of experiments, of policies, of alerts, of models, their versions and retraining, of drift, and of recommendations: answers their routes from data in memory, judges definitions as the
 * real one does, and serves the dashboard's build. Nothing is computed, nothing is kept.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { createLiveFeed } from '../../api/live/liveFeed.ts';
import { sseListener } from '../../api/live/sseListener.ts';
import { permissions } from '../../contracts/access.ts';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { type Health, ModelsAnswer } from '../../contracts/api.ts';
import { checkChange } from '../../contracts/checkChange.ts';
import { checkExperiment } from '../../contracts/checkExperiment.ts';
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { DefinitionState } from '../../contracts/definitionState.ts';
import { BehindAnswer } from '../../contracts/eventsBehind.ts';
import { Annotation, Experiment } from '../../contracts/experiment.ts';
import {
  AnnotationWrite,
  ExperimentCourse,
  ExperimentDetail,
  ExperimentMove,
  ExperimentsAnswer,
  ExperimentWrite,
  ExperimentWritten,
  MetricFiguresAnswer,
  MetricsOfExperiments,
  PlanAnswer,
  PlanQuery,
} from '../../contracts/experimentApi.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { ModelPerformance, WatchedModelsAnswer } from '../../contracts/performanceApi.ts';
import { PolicyReport } from '../../contracts/policyApi.ts';
import { type AnnotationChange, annotated } from '../../control/experiments/annotate.ts';
import { describeChange } from '../../control/experiments/describeChange.ts';
import { queriesOf, serverOf } from '../api/fakes.ts';
import type { AccessWorld } from './accessWorld.ts';
import { answerAlerts, type FakeAlerts, fakeAlerts, NotTaken } from './fakeAlerts.ts';
import { fakeBehind } from './fakeBehind.ts';
import { type FakeDrift, fakeDrift } from './fakeDrift.ts';
import { courseOf } from './fakeEvidence.ts';
import {
  type FakeExperiment,
  fakeExperiments,
  metrics as initialMetrics,
} from './fakeExperiments.ts';
import { answerInsights, type FakeInsights, fakeInsights, Unaccepted } from './fakeInsights.ts';
import { fakeLog } from './fakeLog.ts';
import { answerModelLife, Declined, type FakeModelLife, fakeModelLife } from './fakeModelLife.ts';
import { fakeObjections } from './fakeObjections.ts';
import type { FakeOverview } from './fakeOverview.ts';
import {
  type FakeModels,
  fakeModels,
  fakePerformance,
  fakeWatchedModels,
} from './fakePerformance.ts';
import { answerPlaces, type FakePlaces, isElsewhere, noPlaces } from './fakePlaces.ts';
import { type FakePolicies, fakePolicies } from './fakePolicies.ts';
import { fakeReport } from './fakeReport.ts';
import { fakeUsers } from './fakeUsers.ts';

export interface FakeEngine {
  readonly url: string;
  readonly experiments: Map<string, FakeExperiment>;
  readonly policies: FakePolicies;
  readonly alerts: FakeAlerts;
  readonly models: FakeModels;
  readonly life: FakeModelLife;
  readonly drift: FakeDrift;
  readonly insights: FakeInsights;
  readonly places: FakePlaces;
  readonly live: FakeLive;
  /** What was sent to it, for a test to look at: `POST /v1/experiments/hints/pause`. */
  readonly requests: string[];
  close(): Promise<void>;
}

class Refused extends Error {
  readonly status: number;
  readonly problems: readonly DefinitionProblem[];

  constructor(status: number, message: string, problems: readonly DefinitionProblem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

const built = fileURLToPath(new URL('../../dist/dashboard', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const nextState: Record<string, DefinitionState> = {
  start: 'running',
  pause: 'paused',
  resume: 'running',
  stop: 'stopped',
  archive: 'archived',
};

export interface Given {
  readonly port?: number;
  /** By default those of `fakeExperiments`. */
  readonly experiments?: Map<string, FakeExperiment>;
  /** By default those of `fakePolicies`. */
  readonly policies?: FakePolicies;
  /** By default those of `fakeAlerts`. */
  readonly alerts?: FakeAlerts;
  /** By default those of `fakeModels`. */
  readonly models?: FakeModels;
  /** By default that of `fakeModelLife`. */
  readonly life?: FakeModelLife;
  /** By default that of `fakeDrift`. */
  readonly drift?: FakeDrift;
  /** By default those of `fakeInsights`. */
  readonly insights?: FakeInsights;
  /** By default there are none. */
  readonly places?: FakePlaces;
  /** By default it has measured nothing. */
  readonly overview?: FakeOverview;
  /** Who may ask, and the routes of accounts, keys and the audit log; by default it is open, and nobody has an account. */
  readonly access?: AccessWorld | undefined;
  /** What the dashboard's build wrote. */
  readonly dashboard?: string;
}

export async function startFakeEngine(given: Given = {}): Promise<FakeEngine> {
  const { experiments = fakeExperiments(Date.now()), dashboard = built } = given;
  const {
    alerts = fakeAlerts(Date.now()),
    models = fakeModels(Date.now()),
    life = fakeModelLife(Date.now()),
    drift = fakeDrift(Date.now()),
    insights = fakeInsights(Date.now()),
    places = noPlaces(),
  } = given;
  const objections = fakeObjections(Date.now());
  const policies = given.policies ?? (await fakePolicies(Date.now(), objections));
  const ofPolicies = serverOf({
    policies: policies.desk,
    users: fakeUsers(['student-3', 'ada'], Date.now()),
    objections,
    queries: queriesOf({
      drift: (query) => drift.drift(query),
      driftDetail: (column, query) => drift.driftDetail(column, query),
      policyLog: async ({ actions }, range) =>
        fakeLog(
          actions.map(({ key }) => key),
          range,
        ),
    }),
  });
  const ticking = fakeLive(insights);
  if (given.overview !== undefined) models.own = given.overview.models;
  const metrics = [...initialMetrics];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const path = new URL(request.url ?? '/', 'http://engine').pathname;
    if (given.access !== undefined && path.startsWith('/v1/')) {
      void guarded(given.access, request, response, path).then((isAnswered) => {
        if (!isAnswered) answerPlaced(request, response, path);
      });
      return;
    }
    answerPlaced(request, response, path);
  });
  function answerPlaced(request: IncomingMessage, response: ServerResponse, path: string): void {
    void placed(places, request, response, path).then((isAnswered) => {
      if (!isAnswered) answerFakes(request, response, path);
    });
  }
  function answerFakes(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (path === '/v1/live') {
      ticking.listen(request, response);
      return;
    }
    const { searchParams } = new URL(request.url ?? '/', 'http://engine');
    const measured = given.overview?.answer(path, searchParams);
    if (measured !== undefined) {
      send(response, 200, measured);
      return;
    }
    if (path === '/v1/events/behind') {
      send(response, 200, BehindAnswer.parse(fakeBehind(searchParams)));
      return;
    }
    const answering = /^\/v1\/(policies|users|drift)/.test(path)
      ? answerOfPolicies(request, response, policies, ofPolicies)
      : ofAlerts.test(path)
        ? answerOfAlerts(request, response, alerts)
        : ofInsights.test(path)
          ? answerOfInsights(request, response, insights)
          : ofLife.test(path)
            ? answerOfLife(request, response, life)
            : ofModels.test(path)
              ? answerOfModels(request, response, models)
              : path.startsWith('/v1/')
                ? answer(request, response, experiments, metrics, places)
                : sendFile(
                    response,
                    join(dashboard, /\.[a-z][a-z0-9]*$/i.test(path) ? path : '/index.html'),
                  );
    answering.catch((error: unknown) => {
      const isRefused = error instanceof Refused || error instanceof NotTaken;
      const isUnaccepted = error instanceof Unaccepted;
      const status = isRefused || isUnaccepted || error instanceof Declined ? error.status : 500;
      const detail = error instanceof Error ? error.message : String(error);
      const problems = isRefused ? error.problems : [];
      const code = isUnaccepted ? error.code : undefined;
      send(response, status, {
        type: 'about:blank',
        title: detail,
        status,
        detail,
        problems,
        code,
      });
    });
  }
  await new Promise<void>((resolve) => server.listen(given.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    experiments,
    policies,
    alerts,
    models,
    life,
    drift,
    insights,
    places,
    live: ticking.live,
    requests,
    close: () =>
      new Promise((resolve) => {
        ticking.stop();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answered by a real server, with its guard. */
const ofAccess = /^\/v1\/(sessions?|accounts|keys|audit|retention)(\/|$)/;

/**
 * The guard of a real server stands before every route: what it refuses is refused in its words.
 *
 * @returns whether it has answered
 */
async function guarded(
  { app }: AccessWorld,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  const isOwn = ofAccess.test(path);
  const { method = 'GET', headers } = request;
  // What it asks of a stream it asks of any question.
  const url = path === '/v1/live' ? '/v1/health' : (request.url ?? '/');
  const chunks: Buffer[] = [];
  if (isOwn) for await (const chunk of request) chunks.push(chunk as Buffer);
  const { connection: _, 'transfer-encoding': __, 'content-length': ___, ...passed } = headers;
  const answer = await app.inject({
    ...{ method: method as 'GET', url, headers: passed as Record<string, string> },
    ...(chunks.length === 0 ? {} : { payload: Buffer.concat(chunks) }),
  });
  if (!isOwn && ![401, 403, 429].includes(answer.statusCode)) return false;
  const kept = ['content-type', 'set-cookie', 'retry-after', 'content-disposition'];
  for (const name of kept) {
    const value = answer.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(answer.statusCode);
  response.end(answer.rawPayload);
  return true;
}

/** @returns whether the places have answered */
async function placed(
  places: FakePlaces,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  if (!path.startsWith('/v1/')) return false;
  const { method = 'GET' } = request;
  const isOwn = /^\/v1\/(places|belongings)(\/|$)/.test(path);
  const body = isOwn && method === 'PUT' ? await bodyOf(request) : undefined;
  const { searchParams: query } = new URL(request.url ?? '/', 'http://engine');
  const answer = answerPlaces(places, { method, path, query, body });
  if (answer === undefined) return false;
  send(response, answer.status, answer.body);
  return true;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  experiments: Map<string, FakeExperiment>,
  metrics: ExperimentMetric[],
  places: FakePlaces,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
  const say = <Schema extends z.ZodType>(schema: Schema, body: z.input<Schema>) =>
    send(response, 200, schema.parse(body));
  const [, , collection, key, part] = pathname.split('/').map(decodeURIComponent);
  const method = request.method ?? 'GET';
  const body = method === 'GET' ? undefined : await bodyOf(request);
  if (collection === 'experiment-metrics' && part === 'figures') {
    const isUsers = searchParams.get('unit') === 'user';
    const figures = {
      ...{ experiment: 'an-earlier-one', at: 0, unit: 'user', units: 4_000 },
      ...{ mean: 0.41, deviation: 0.492, cluster: null },
    };
    return say(MetricFiguresAnswer, { figures: key === 'solved' && isUsers ? figures : null });
  }
  if (collection === 'experiment-metrics') {
    if (method === 'POST') metrics.push(metricOf(body));
    return say(MetricsOfExperiments, {
      metrics: metrics.map((metric) => ({ metric, revision: 1 })),
    });
  }
  if (collection !== 'experiments') return sendRest(response, pathname);
  if (key === undefined) {
    if (method === 'POST') return say(ExperimentWritten, create(body, experiments, metrics));
    const shown = [...experiments.values()].filter(
      ({ experiment }) => !isElsewhere(places, 'experiment', experiment.key, searchParams),
    );
    return say(ExperimentsAnswer, { experiments: shown.map(summaryOf) });
  }
  if (key === 'check') {
    const { experiment } = ExperimentWrite.parse(body);
    return send(response, 200, { problems: judged(experiment, experiments, metrics).problems });
  }
  if (key === 'plan') return say(PlanAnswer, planned(PlanQuery.parse(body)));
  const found = experiments.get(key);
  if (found === undefined || isElsewhere(places, 'experiment', key, searchParams))
    throw new Refused(404, `There is no experiment "${key}".`);
  if (part === undefined && method === 'GET') {
    return say(ExperimentDetail, detailOf(found, experiments, metrics));
  }
  if (part === undefined) return say(ExperimentWritten, change(found, body, experiments, metrics));
  if (part === 'course') {
    const course = courseFor(found, searchParams.get('metric'), searchParams.get('variant'));
    return say(ExperimentCourse, course);
  }
  if (part === 'annotations') {
    const isRemoval = pathname.endsWith('/remove');
    const change = isRemoval
      ? { remove: Annotation.parse(body) }
      : { add: AnnotationWrite.parse(body) };
    return say(ExperimentWritten, note(found, change));
  }
  if (part === 'certificate') return send(response, 200, { experiment: key, counts: [] });
  const state = nextState[part];
  if (state === undefined) throw new Refused(404, 'There is no such route.');
  return say(ExperimentWritten, move(found, part, ExperimentMove.parse(body), state));
}

const ofAlerts = /^\/v1\/(alerts|watches|routes|mutes|calendar|happenings)(\/|$)/;

async function answerOfAlerts(
  request: IncomingMessage,
  response: ServerResponse,
  held: FakeAlerts,
): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://engine');
  const { method = 'GET' } = request;
  const body = method === 'PUT' || method === 'POST' ? await bodyOf(request) : undefined;
  const actor = decodeURIComponent(String(request.headers['millrace-actor'] ?? 'administrator'));
  const answer = answerAlerts(held, { method, path, query, body, actor });
  if (answer === undefined) throw new Refused(404, 'There is no such route.');
  send(response, 200, answer);
}

const ofInsights = /^\/v1\/insights(\/|$)/;

async function answerOfInsights(
  request: IncomingMessage,
  response: ServerResponse,
  held: FakeInsights,
): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://engine');
  const { method = 'GET' } = request;
  const body = method === 'POST' ? await bodyOf(request) : undefined;
  const actor = decodeURIComponent(String(request.headers['millrace-actor'] ?? 'administrator'));
  const answer = answerInsights(held, { method, path, query, body, actor });
  if (answer === undefined) throw new Refused(404, 'There is no such route.');
  send(response, 200, answer);
}

const ofLife =
  /^\/v1\/(model-lives|retraining(\/.*)?|models\/[^/]+\/(life|versions\/.+|rollback|rollback-preview|releases?|plan))$/;

async function answerOfLife(
  request: IncomingMessage,
  response: ServerResponse,
  held: FakeModelLife,
): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://engine');
  const { method = 'GET' } = request;
  const body = method === 'GET' ? undefined : await bodyOf(request);
  const actor = decodeURIComponent(String(request.headers['millrace-actor'] ?? 'administrator'));
  const answer = answerModelLife(held, { method, path, query, body, actor });
  if (answer === undefined) throw new Refused(404, 'There is no such route.');
  send(response, 200, answer);
}

const ofModels = /^\/v1\/(models|watched-models)(\/|$)/;

async function answerOfModels(
  request: IncomingMessage,
  response: ServerResponse,
  models: FakeModels,
): Promise<void> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://engine');
  if (pathname === '/v1/models') return send(response, 200, ModelsAnswer.parse(models.own));
  if (pathname === '/v1/watched-models') {
    return send(response, 200, WatchedModelsAnswer.parse(await fakeWatchedModels(models)));
  }
  const [, name = ''] = /^\/v1\/models\/[^/]+\/([^/]+)\/performance$/.exec(pathname) ?? [];
  const performance = await fakePerformance(models, decodeURIComponent(name), {
    figure: query.get('figure'),
    ...(query.has('from') ? { from: Number(query.get('from')) } : {}),
    ...(query.has('to') ? { to: Number(query.get('to')) } : {}),
  });
  if (performance === undefined) throw new Refused(404, 'There is no such model.');
  send(response, 200, ModelPerformance.parse(performance));
}

/** The engine's own routes; only the report is made up. */
async function answerOfPolicies(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, reports }: FakePolicies,
  app: FastifyInstance,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
  const [, key = ''] = /^\/v1\/policies\/([^/]+)\/report$/.exec(pathname) ?? [];
  if (key === '') {
    const method = request.method as 'GET' | 'POST' | 'PUT' | 'DELETE';
    const { 'content-type': type, 'millrace-actor': actor, accept } = request.headers;
    const body = method === 'POST' || method === 'PUT' ? await bodyOf(request) : undefined;
    const isLines = accept === lines;
    if (isLines) await sendProgress(response);
    const answered = await app.inject({
      ...{ method, url: request.url ?? '/' },
      headers: {
        host: 'localhost',
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(actor === undefined ? {} : { 'millrace-actor': actor }),
        ...(isLines ? { accept: lines } : {}),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    if (!isLines) {
      const { 'content-type': of = 'application/json' } = answered.headers;
      response.writeHead(answered.statusCode, { 'content-type': of });
    }
    response.end(answered.body);
    return;
  }
  const known = desk.registry.policy(decodeURIComponent(key));
  const sketch = reports.get(decodeURIComponent(key));
  if (known === undefined || sketch === undefined)
    throw new Refused(404, 'There is no such route.');
  const from = Number(searchParams.get('from'));
  const to = Number(searchParams.get('to'));
  const report = fakeReport(known.record.policy, sketch, from, to);
  send(response, 200, PolicyReport.parse(report));
}

const lines = 'application/x-ndjson';

/** As slowly as a long log is read. */
async function sendProgress(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': lines });
  for (const decisions of [300, 900]) {
    response.write(`${JSON.stringify({ progress: { decisions, of: 1_500 } })}\n`);
    await sleep(300);
  }
}

function summaryOf({ experiment, revision, result }: FakeExperiment) {
  const { key, name, state, stages, decision, metrics } = experiment;
  return {
    key,
    name,
    state,
    revision,
    startedAt: stages[0]?.startAt ?? null,
    endedAt: decision?.at ?? null,
    exposed: result?.exposed ?? 0,
    primary: metrics.find(({ role }) => role === 'primary')?.metric ?? null,
    verdict: result?.verdict ?? null,
    sampleRatioAlarm: result?.sampleRatio.alarm ?? false,
    decision: decision && { verdict: decision.verdict, variant: decision.variant },
  };
}

function detailOf(
  { experiment, revision, record, result }: FakeExperiment,
  experiments: Map<string, FakeExperiment>,
  metrics: readonly ExperimentMetric[],
) {
  return {
    experiment,
    metrics: metrics.filter(({ key }) => experiment.metrics.some(({ metric }) => metric === key)),
    revision,
    problems: judged(experiment, experiments, metrics).problems,
    result,
    record,
  };
}

function judged(
  input: unknown,
  experiments: Map<string, FakeExperiment>,
  metrics: readonly ExperimentMetric[],
): { experiment: Experiment | undefined; problems: DefinitionProblem[] } {
  const parsed = Experiment.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      severity: 'problem' as const,
      field: path.join('.'),
      sentence: message,
    }));
    return { experiment: undefined, problems };
  }
  const others = [...experiments.values()].map(({ experiment }) => experiment);
  return {
    experiment: parsed.data,
    problems: checkExperiment(parsed.data, { experiments: others, metrics }),
  };
}

function create(
  body: unknown,
  experiments: Map<string, FakeExperiment>,
  metrics: readonly ExperimentMetric[],
) {
  const { experiment: input, reason } = ExperimentWrite.parse(body);
  const { experiment, problems } = judged(input, experiments, metrics);
  if (experiment === undefined) throw new Refused(422, 'The definition is not valid.', problems);
  if (experiments.has(experiment.key)) {
    throw new Refused(409, `There is an experiment "${experiment.key}" already.`);
  }
  experiments.set(experiment.key, {
    experiment,
    revision: 1,
    record: [{ revision: 1, at: Date.now(), actor: 'you', reason, change: 'Created' }],
    result: null,
    arms: {},
  });
  return { experiment, revision: 1, outcome: 'created' as const, problems };
}

function change(
  found: FakeExperiment,
  body: unknown,
  experiments: Map<string, FakeExperiment>,
  metrics: readonly ExperimentMetric[],
) {
  const { experiment: input, revision, reason } = ExperimentWrite.parse(body);
  if (revision !== found.revision) {
    throw new Refused(
      409,
      `Revision ${revision} is not the newest: somebody has changed the experiment meanwhile (revision ${found.revision}).`,
    );
  }
  const { experiment, problems } = judged(input, experiments, metrics);
  if (experiment === undefined) throw new Refused(422, 'The definition is not valid.', problems);
  return store(found, experiment, reason, 'Changed', problems);
}

function note(found: FakeExperiment, change: AnnotationChange) {
  const before = found.experiment;
  const after = annotated(before, change, Date.now());
  if (typeof after === 'string') throw new Refused(422, after);
  return store(found, after, '', describeChange(before, after), []);
}

function move(
  found: FakeExperiment,
  name: string,
  { reason, decision }: z.output<typeof ExperimentMove>,
  state: DefinitionState,
) {
  const decided = decision === undefined ? null : { ...decision, reason, at: Date.now() };
  const after = { ...found.experiment, state, decision: decided ?? found.experiment.decision };
  const words = { start: 'Started', pause: 'Paused', resume: 'Resumed', stop: 'Stopped' };
  return store(found, after, reason, words[name as keyof typeof words] ?? 'Archived', []);
}

function store(
  found: FakeExperiment,
  after: Experiment,
  reason: string,
  word: string,
  problems: readonly DefinitionProblem[],
) {
  const judgement = checkChange(found.experiment, { ...after, stages: [] }, Date.now());
  if (judgement.outcome === 'refused') {
    throw new Refused(
      422,
      'The change is refused.',
      judgement.sentences.map((sentence) => ({ severity: 'problem', field: '', sentence })),
    );
  }
  found.experiment = judgement.experiment;
  found.revision += 1;
  found.record.unshift({
    revision: found.revision,
    at: Date.now(),
    actor: 'you',
    reason,
    change: word,
  });
  return {
    experiment: found.experiment,
    revision: found.revision,
    outcome: judgement.outcome,
    problems: [...problems],
  };
}

function courseFor(found: FakeExperiment, metric: string | null, variant: string | null) {
  const arms = found.arms[metric ?? ''] ?? [];
  const [control] = arms;
  const arm = arms.find((each) => each.variant === variant);
  const from = found.experiment.stages[0]?.startAt ?? 0;
  if (control === undefined || arm === undefined) {
    return { metric: metric ?? '', variant: variant ?? '', threshold: Math.log(20), points: [] };
  }
  const course = courseOf(metric ?? '', control, arm, {
    from,
    to: found.result?.at ?? Date.now(),
    alpha: found.experiment.alpha,
  });
  return arm.units === 0 ? { ...course, points: [] } : course;
}

function metricOf(body: unknown): ExperimentMetric {
  const parsed = ExperimentMetric.safeParse((body as { metric?: unknown }).metric);
  if (parsed.success) return parsed.data;
  throw new Refused(
    422,
    'The metric is not valid.',
    parsed.error.issues.map(({ path, message }) => ({
      severity: 'problem',
      field: path.join('.'),
      sentence: message,
    })),
  );
}

/** A normal approximation with the multiplier of a confidence sequence. */
function planned(query: PlanQuery): z.input<typeof PlanAnswer> {
  const { kind, mean, minimumEffect, split, unitsPerDay, daysMax, cluster } = query;
  const deviation = kind === 'binary' ? Math.sqrt(mean * (1 - mean)) : (query.deviation ?? 1);
  const inflation = cluster === undefined ? 1 : 1 + (cluster.size - 1) * cluster.correlation;
  const error = (day: number) =>
    deviation *
    Math.sqrt(
      inflation * (1 / (day * unitsPerDay * split[0]) + 1 / (day * unitsPerDay * split[1])),
    );
  const power = (day: number) => {
    const z = minimumEffect / error(day) - 3.1;
    return 1 / (1 + Math.exp(-1.7 * z));
  };
  const curve = Array.from({ length: daysMax }, (_, i) => ({
    day: i + 1,
    power: power(i + 1),
    detectable: error(i + 1) * (3.1 + 0.84),
  }));
  const first = (level: number) => curve.find((point) => point.power >= level)?.day ?? null;
  const days80 = first(0.8);
  return {
    days80,
    days90: first(0.9),
    daysExpected: days80 === null ? null : days80 * 0.7,
    units80: days80 === null ? null : days80 * unitsPerDay,
    plannedClusters: cluster === undefined ? null : 60,
    designEffect: cluster === undefined ? null : inflation,
    curve,
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

const health: Health = { state: 'good', sentence: 'All is well.', checks: [] };

/** Something is committed every second, unless a test holds it or says what. */
export interface FakeLive {
  committed: number;
  lagEvents: number;
  eventsPerSecond: number;
  isStill: boolean;
  /** Connections that are open, and that have ever been. */
  readonly open: number;
  readonly opened: number;
  /** Instead of a stream. */
  refusal: { readonly status: number; readonly code: string } | undefined;
}

function fakeLive(insights: FakeInsights) {
  const feed = createLiveFeed(
    async () => ({
      ...{ time: Date.now(), health },
      eventsPerSecond: live.eventsPerSecond,
      lagEvents: live.lagEvents,
      committed: live.committed,
      committedAt,
      insightsChangedAt: insights.changedAt,
    }),
    randomUUID().slice(0, 8),
  );
  let committedAt = Date.now();
  let opened = 0;
  let committed = 1;
  const live: FakeLive = {
    lagEvents: 0,
    eventsPerSecond: 212,
    isStill: false,
    refusal: undefined,
    get committed() {
      return committed;
    },
    set committed(count) {
      committed = count;
      committedAt = Date.now();
    },
    get open() {
      return feed.listeners;
    },
    get opened() {
      return opened;
    },
  };
  const timer = setInterval(() => {
    if (!live.isStill) live.committed += 1;
  }, 1_000);
  return {
    live,
    stop() {
      clearInterval(timer);
      feed.close();
    },
    listen(request: IncomingMessage, response: ServerResponse): void {
      opened += 1;
      if (live.refusal !== undefined) {
        const { status, code } = live.refusal;
        send(response, status, { type: 'about:blank', title: code, status, code });
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 2000\n\n');
      const lastId = request.headers['last-event-id'];
      response.once('close', feed.add(sseListener(response), lastId as string | undefined));
    },
  };
}

/** As an engine answers that nobody has an account of. */
function openSession(): SessionAnswer {
  const principal = { kind: 'local', id: '', name: 'administrator', role: 'admin' } as const;
  return {
    ...{ access: 'open', hasAccounts: false, csrf: null, expiresAt: null, now: Date.now() },
    principal: { ...principal, permissions: [...permissions], scope: 'everywhere' },
    mustChangePassword: false,
  };
}

/** The other pages find an engine without data. */
function sendRest(response: ServerResponse, pathname: string): void {
  const bodies: Record<string, unknown> = {
    '/v1/health': health,
    '/v1/session': openSession(),
    '/v1/metrics': { metrics: [] },
    '/v1/pipelines': { pipelines: [] },
    '/v1/refusals': { total: 0, reasons: [], latest: [] },
  };
  const body = bodies[pathname];
  if (body === undefined) throw new Refused(404, 'There is no such route.');
  send(response, 200, body);
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw new Refused(404, `${file} is not there.`);
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  response.end(bytes);
}
