/** Events wait, and what the dashboard shows and models learn is old. */
import { lagOf, type PartitionFacts } from '../../engineStatus.ts';
import { counted, duration, sentence } from '../../words.ts';
import type { PipelineFacts } from '../gather/operations.ts';
import type { InsightKind } from '../insightKind.ts';
import { begun, lookAction, reachOf, standingPromise } from '../parts/standing.ts';

/** Of work that waits, at the present rate. */
const behindSecondsMost = 300;
/** Nothing was committed for so long while events waited. */
const silentSecondsMost = 120;
/** A handful is always on its way. */
const lagLeast = 1_000;

interface Standing {
  readonly lag: number;
  /** Time for what waits; null where nothing is worked on. */
  readonly behindSeconds: number | null;
  readonly silentSeconds: number;
  readonly broken: readonly PartitionFacts[];
}

export const pipelineLag: InsightKind = {
  kind: 'pipeline-lag',
  area: 'operations',
  summary: 'A pipeline falls behind or stands still.',
  test:
    `A fact: more than ${lagLeast.toLocaleString('en')} events wait, and that is more than ${behindSecondsMost / 60} minutes of work ` +
    `at the present rate; or events wait and none was processed for ${silentSecondsMost / 60} minutes; or a partition has failed.`,
  find: (facts) =>
    (facts.operations?.pipelines ?? []).flatMap((pipeline) => {
      const standing = standingOf(pipeline, facts.now);
      const { lag, behindSeconds, silentSeconds, broken } = standing;
      const stands = broken.length > 0 || silentSeconds >= silentSecondsMost;
      const isBehind =
        lag >= lagLeast && behindSeconds !== null && behindSeconds > behindSecondsMost;
      if (!stands && !isBehind) return [];
      const waitingSince = pipeline.partitions.flatMap((each) => each.waitingSince ?? []);
      return [
        {
          subject: { kind: 'pipeline' as const, key: pipeline.name, name: pipeline.name },
          judgedAt: facts.eventTime,
          pValue: null,
          tell: () => ({
            changed: stands
              ? `The pipeline ${pipeline.name} stands still.`
              : `The pipeline ${pipeline.name} is about ${duration(behindSeconds ?? 0)} behind.`,
            why: whyOf(pipeline, standing),
            ignored:
              'What is shown, decided and learnt is of a time that is over. Nothing is lost: events wait in the log.',
            evidence:
              pipeline.lag.length === 0
                ? null
                : {
                    kind: 'course' as const,
                    caption: 'Events that wait',
                    unit: 'count' as const,
                    series: [
                      {
                        name: 'waiting',
                        points: pipeline.lag.map(({ at, value }) => ({
                          ...{ at, value, lower: null, upper: null },
                        })),
                      },
                    ],
                    reference: null,
                    marks: [],
                  },
            action: lookAction('See what it waits for', '/pipelines'),
            promise: standingPromise('The pipeline keeps up with what comes.', 1),
            since: begun(facts, Math.min(facts.eventTime, ...waitingSince)),
            impact: {
              value: stands ? 0.9 : Math.min(0.8, 0.3 + (behindSeconds ?? 0) / 7_200),
              words: `${counted(lag, 'event')} ${lag === 1 ? 'waits' : 'wait'}; users get what fitted them then.`,
            },
            reach: reachOf(facts, null),
          }),
        },
      ];
    }),
};

function standingOf({ partitions }: PipelineFacts, now: number): Standing {
  const lag = partitions.reduce((sum, each) => sum + lagOf(each), 0);
  const rate = partitions.reduce((sum, { eventsPerSecond }) => sum + eventsPerSecond, 0);
  const silent = partitions
    .filter(({ state }) => state !== 'starting')
    .map(({ waitingSince }) => (waitingSince === null ? 0 : (now - waitingSince) / 1_000));
  return {
    lag,
    behindSeconds: rate > 0 ? lag / rate : null,
    silentSeconds: Math.max(0, ...silent),
    broken: partitions.filter(({ state }) => state === 'failed'),
  };
}

function whyOf(
  { name, partitions }: PipelineFacts,
  { lag, behindSeconds, silentSeconds, broken }: Standing,
): string[] {
  const of = `of ${counted(partitions.length, 'partition')}`;
  return [
    `${counted(lag, 'event')} of ${name} ${lag === 1 ? 'waits' : 'wait'} to be processed.`,
    // Of what stands still the rate is of a time before.
    ...(behindSeconds === null || broken.length > 0 || silentSeconds >= silentSecondsMost
      ? []
      : [`At the present rate that is ${duration(behindSeconds)} of work.`]),
    ...(silentSeconds >= silentSecondsMost
      ? [`Nothing was processed for ${duration(silentSeconds)}.`]
      : []),
    ...(broken.length > 0 ? [`${broken.length} ${of} failed.`] : []),
    ...broken.slice(0, 1).flatMap(({ detail }) => (detail === null ? [] : [sentence(detail)])),
  ];
}
