/**
 * The serving plane: takes events, answers questions, shows the dashboard.
 *
 * Built apart from listening, from interfaces: the engine passes itself, a test passes what it likes.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fastifySwagger from '@fastify/swagger';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { AuditDesk } from '../control/audit/auditDesk.ts';
import type { EngineStatus } from '../control/engineStatus.ts';
import type { PlaceBook } from '../control/places/placeBook.ts';
import type { RetentionDesk } from '../control/retention/retentionDesk.ts';
import { recordRoutes } from './access/auditHook.ts';
import { beginAsNobody, createGuard, decorateRequests } from './access/guard.ts';
import { describeAccess, securitySchemes } from './access/openApi.ts';
import { readerByRight } from './access/readerOf.ts';
import { routePolicy } from './access/routePolicy.ts';
import type { ServerAccess } from './access/serverAccess.ts';
import { rootPath } from './assetPath.ts';
import type { PolicyDesk } from './decisions/policyDesk.ts';
import { type Admit, createAdmit } from './guard.ts';
import { createHealthMonitor } from './healthMonitor.ts';
import type { InsightDesk } from './insightDesk.ts';
import { letGoOnClose } from './letGo.ts';
import { createLiveFeed, type LiveFeedOptions } from './live/liveFeed.ts';
import type { ModelDesk } from './modelDesk.ts';
import type { ObjectionDesk } from './objectionDesk.ts';
import type { PredictionDesk } from './predictionDesk.ts';
import { handleError } from './problems.ts';
import type { Queries } from './queries/queries.ts';
import type { LetterDesk } from './replayLetters.ts';
import { accountRoutes } from './routes/accounts.ts';
import { alertRoutes } from './routes/alerts.ts';
import { auditRoutes } from './routes/audit.ts';
import { behindRoutes } from './routes/behind.ts';
import { answerUnknown, dashboardRoutes } from './routes/dashboard.ts';
import { deadLetterRoutes } from './routes/deadLetters.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { docsRoutes } from './routes/docs.ts';
import { driftRoutes } from './routes/drift.ts';
import { createIngestCounts, type EventIngest, eventRoutes } from './routes/events.ts';
import { experimentMetricRoutes } from './routes/experimentMetrics.ts';
import { type ExperimentDesk, experimentRoutes } from './routes/experiments.ts';
import { healthRoutes } from './routes/health.ts';
import { insightRoutes } from './routes/insights.ts';
import { keyRoutes } from './routes/keys.ts';
import { liveRoutes, readTick } from './routes/live.ts';
import { metricRoutes } from './routes/metrics.ts';
import { modelLifeRoutes } from './routes/modelLife.ts';
import { modelRoutes } from './routes/models.ts';
import { objectionRoutes } from './routes/objections.ts';
import { ofrepRoutes } from './routes/ofrep.ts';
import { pipelineRoutes } from './routes/pipelines.ts';
import { placeRoutes } from './routes/places.ts';
import { policyRoutes } from './routes/policies.ts';
import { policyWorthRoutes } from './routes/policyWorth.ts';
import { predictionRoutes } from './routes/predictions.ts';
import { prometheusRoutes } from './routes/prometheus.ts';
import { refusalRoutes } from './routes/refusals.ts';
import { retentionRoutes } from './routes/retention.ts';
import { retrainingRoutes } from './routes/retraining.ts';
import { sessionRoutes } from './routes/session.ts';
import { ownSessionRoutes } from './routes/sessions.ts';
import { statisticRoutes } from './routes/statistics.ts';
import { type UserDesk, userRoutes } from './routes/users.ts';
import { watchDefinitionRoutes } from './routes/watchDefinitions.ts';
import { dataHeaders, pageHeaders, transportHeaders } from './securityHeaders.ts';
import { sparing } from './sparing.ts';
import type { WatchDesk } from './watchDesk.ts';

export interface ServerDependencies {
  readonly ingest: EventIngest;
  readonly letters: LetterDesk;
  readonly queries: Queries;
  /** For who may see single people; by default the same. */
  readonly queriesOfPeople?: Queries;
  readonly engine: EngineStatus;
  readonly experiments: ExperimentDesk;
  readonly policies: PolicyDesk;
  readonly users: UserDesk;
  readonly objections: ObjectionDesk;
  readonly watches: WatchDesk;
  readonly insights: InsightDesk;
  readonly models: ModelDesk;
  readonly predictions: PredictionDesk;
  /** Under which name a user is known inside; by default the id. */
  readonly pseudonymOf?: (user: string) => string;
  /** Takes what routes record, and reads it. */
  readonly audit: AuditDesk;
  readonly retention: RetentionDesk;
  readonly access: ServerAccess;
  /** Which places there are, and what belongs to them. */
  readonly places: PlaceBook;
  /** When accounts signed in and keys were used last, as it is stored, ms since 1970. */
  readonly lastUses: LastUses;
  /** Version of the engine, for the OpenAPI document. */
  readonly version?: string;
  /** What the dashboard's build wrote; by default `dist/dashboard`. */
  readonly dashboard?: string;
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  readonly clock?: () => number;
  readonly live?: LiveFeedOptions;
}

export interface LastUses {
  signIns(): Promise<ReadonlyMap<string, number>>;
  keys(): Promise<ReadonlyMap<string, number>>;
}

/** A request, headers and body, must be here within this time. */
const requestTimeoutMs = 60_000;

const introduction = 'Events go in, models and metrics come out.';

/** `close()` ends the live streams and waits for the requests under way. */
export function buildServer(dependencies: ServerDependencies): FastifyInstance {
  const {
    ingest,
    letters,
    engine,
    experiments,
    policies,
    users,
    objections,
    watches,
    insights,
    models,
    predictions,
    pseudonymOf = (user) => user,
    audit,
    retention,
    access,
    places,
    lastUses,
    logger,
    clock = Date.now,
  } = dependencies;
  // Ages are told by a clock that never jumps: else what is old might stay for as long as the time of day was set back.
  const steady = dependencies.clock ?? (() => performance.now());
  const queries = sparing(dependencies.queries, steady);
  const { queriesOfPeople } = dependencies;
  const readerOf = readerByRight(
    queries,
    queriesOfPeople === undefined ? queries : sparing(queriesOfPeople, steady),
  );
  const dashboard = dependencies.dashboard ?? join(rootPath, 'dist/dashboard');
  const app: FastifyInstance = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger, disableRequestLogging: true }),
    requestTimeout: requestTimeoutMs,
    trustProxy: [...access.trustedProxies],
    forceCloseConnections: 'idle',
    // What comes on an open connection while the server closes is answered like the rest.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1_024 },
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    frameworkErrors: handleError,
  });
  letGoOnClose(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => answerUnknown(dashboard, request, reply));
  decorateRequests(app);
  const admit = createAdmit(access);
  const guard = createGuard(access, places, clock, steady);
  const transport = transportHeaders(access.origins);
  const forData = { ...dataHeaders, ...transport };
  const forPages = { ...pageHeaders, ...transport };
  // Not as promises: that would cost each decision as much as its draw.
  app.addHook('onRequest', (request, reply, done) => {
    beginAsNobody(request);
    reply.headers(isData(request.url) ? forData : forPages).header('x-request-id', request.id);
    done(refusalOf(admit, request));
  });
  app.addHook('onRoute', (route) => guard.onRoute(route));
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (isData(request.url) && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store');
    }
    done();
  });

  recordRoutes(app, audit.trail, routePolicy, pseudonymOf);

  const definitions = {
    experiment: () => experiments.registry.experiments().map(({ record }) => record.experiment.key),
    policy: () => policies.registry.policies().map(({ record }) => record.policy.key),
    watch: () => watches.book.watches.all().map(({ definition }) => definition.key),
    model: () => models.lives().models.map(({ model }) => model),
  };
  const counts = createIngestCounts();
  const monitor = createHealthMonitor(engine, queries.health, clock, steady);
  const feed = createLiveFeed(
    () =>
      readTick(engine, monitor, clock, () => ({
        alertsChangedAt: watches.alertsChangedAt(),
        insightsChangedAt: insights.insightsChangedAt(),
      })),
    randomUUID().slice(0, 8),
    dependencies.live,
  );
  app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'millrace',
        version: dependencies.version ?? '0',
        description: introduction,
      },
      components: { securitySchemes },
    },
    transform: (described) => describeAccess(jsonSchemaTransform(described), described.route),
  });
  app.register(eventRoutes(ingest, counts));
  app.register(behindRoutes(queries, experiments.registry, policies.registry));
  app.register(metricRoutes(readerOf, queries));
  app.register(statisticRoutes(readerOf));
  app.register(modelRoutes(readerOf, places));
  app.register(modelLifeRoutes(models, places));
  app.register(retrainingRoutes(models));
  app.register(placeRoutes(places, definitions, queries));
  app.register(predictionRoutes(predictions));
  app.register(driftRoutes(readerOf));
  app.register(pipelineRoutes(queries, engine));
  app.register(refusalRoutes(queries));
  app.register(deadLetterRoutes(queries, letters, clock));
  app.register(experimentRoutes(experiments, readerOf, places));
  app.register(experimentMetricRoutes(experiments.registry, readerOf));
  app.register(policyRoutes(policies, places));
  app.register(policyWorthRoutes(policies.registry, readerOf, queries));
  app.register(userRoutes(users, places));
  app.register(objectionRoutes(objections));
  app.register(watchDefinitionRoutes(watches, places));
  app.register(alertRoutes(watches, places));
  app.register(auditRoutes(audit));
  app.register(retentionRoutes(retention));
  app.register(insightRoutes(insights, places));
  app.register(
    decisionRoutes(experiments.registry, policies, ingest, objections, clock, pseudonymOf),
  );
  app.register(ofrepRoutes(experiments.registry, ingest, objections, clock, pseudonymOf));
  app.register(healthRoutes(monitor));
  app.register(liveRoutes(feed, (request) => guard.stillHolds(request)));
  app.register(sessionRoutes(access, guard, clock));
  app.register(ownSessionRoutes(access.book));
  app.register(accountRoutes(access, guard, () => lastUses.signIns()));
  app.register(keyRoutes(access, () => lastUses.keys(), clock));
  app.register(prometheusRoutes(engine, counts, feed, watches.board));
  app.register(docsRoutes);
  app.register(dashboardRoutes(dashboard));
  return app;
}

function isData(url: string): boolean {
  return url.startsWith('/v1/') || url.startsWith('/ofrep/v1/');
}

function refusalOf(admit: Admit, request: FastifyRequest): Error | undefined {
  try {
    admit(request);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** The client's own id when it is a harmless one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
