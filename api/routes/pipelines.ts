/** `GET /v1/pipelines` and `/v1/pipelines/:name/epochs`: what runs, how far it is and how its epochs go. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EpochSeries, type PipelineStatus, PipelinesAnswer, Problem } from '../../contracts/api.ts';
import {
  byPipeline,
  type EngineStatus,
  lagOf,
  type PartitionFacts,
} from '../../control/engineStatus.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import type { EpochQuery } from '../queries/epochs.ts';
import type { Totals } from '../queries/totals.ts';
import { within } from '../within.ts';
import { flag, Name, NoQuery, rangeQuery } from './parameters.ts';

export interface PipelineReader {
  /** @param signal nobody waits for the answer any more */
  epochs(
    pipeline: string,
    query: EpochQuery,
    signal?: AbortSignal,
  ): Promise<EpochSeries | undefined>;
  /** By pipeline. */
  totals(): Promise<ReadonlyMap<string, Totals>>;
}

/** What the partitions say of themselves is not kept waiting for ClickHouse longer than this. */
const patienceMs = 2_000;

export function pipelineRoutes(reader: PipelineReader, engine: EngineStatus) {
  return async (app: FastifyInstance): Promise<void> => {
    let known: ReadonlyMap<string, Totals> | undefined;
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/pipelines',
      {
        schema: {
          summary: 'The pipelines, partition by partition',
          description:
            'Answers whether ClickHouse does or not: then totals are the last known, or null. On Kafka all partitions ' +
            'of the topic are there, whoever runs them; what other processes run is told some seconds late.',
          tags: ['pipelines'],
          querystring: NoQuery,
          response: { 200: PipelinesAnswer, 400: Problem },
        },
      },
      async ({ log }) => {
        try {
          known = await within(patienceMs, reader.totals());
        } catch (error) {
          log.warn({ err: error }, 'what the pipelines set aside could not be read');
        }
        return pipelinesOf(engine.partitions(), known);
      },
    );
    typed.get(
      '/v1/pipelines/:name/epochs',
      {
        schema: {
          summary: 'How the epochs of a pipeline went, by the engine’s clock',
          tags: ['pipelines'],
          params: z.object({ name: Name }),
          querystring: rangeQuery({
            fit: flag('false').describe(
              'begins with the first epoch that is kept, where that is later than `from`',
            ),
          }),
          response: { 200: EpochSeries, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async ({ params: { name }, query }, reply) => {
        const series = await reader.epochs(name, query, departureOf(reply));
        if (series !== undefined) return series;
        if (engine.partitions().some((facts) => facts.pipeline === name)) {
          return { pipeline: name, stepMs: query.stepMs ?? 1_000, points: [] };
        }
        throw new RequestError('NOT_FOUND', `There is no pipeline ${name}.`);
      },
    );
  };
}

/**
 * @param totals what was set aside; every other event that was committed was accepted, because each is committed once.
 *               Undefined when it is not known
 */
export function pipelinesOf(
  partitions: readonly PartitionFacts[],
  totals: ReadonlyMap<string, Totals> | undefined,
): PipelinesAnswer {
  const pipelines = [...byPipeline(partitions)].map(([name, group]): PipelineStatus => {
    const committed = group.reduce((sum, facts) => sum + facts.committedOffset, 0);
    const keys = new Map<string, number>();
    for (const table of group.flatMap((facts) => facts.tables)) {
      keys.set(table.name, (keys.get(table.name) ?? 0) + table.keys);
    }
    return {
      name,
      version: group[0]!.version,
      summary: group[0]!.summary,
      partitions: group
        .map((facts) => ({
          partition: facts.partition,
          state: facts.state,
          detail: facts.detail,
          committedOffset: facts.committedOffset,
          endOffset: facts.endOffset,
          lagEvents: lagOf(facts),
          eventsPerSecond: facts.eventsPerSecond,
          commitMs: facts.commitMs,
          committedAt: facts.committedAt,
        }))
        .sort((a, b) => a.partition - b.partition),
      tables: [...keys].map(([table, count]) => ({ name: table, keys: count })),
      totals: totals === undefined ? null : totalsOf(committed, totals.get(name) ?? nothing),
    };
  });
  return { pipelines };
}

const nothing: Totals = { refused: 0, late: 0, duplicates: 0 };

function totalsOf(committed: number, aside: Totals): PipelineStatus['totals'] {
  return { events: Math.max(0, committed - aside.refused), ...aside };
}
