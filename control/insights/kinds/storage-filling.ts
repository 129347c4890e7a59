/** The disk of the database is nearly full. */
import { figure, percent } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { lookAction, reachOf, standingPromise } from '../parts/standing.ts';

/** Both together: a tenth of a large disk is plenty. */
const freeShareLeast = 0.1;
const freeBytesLeast = 50e9;

export const storageFilling: InsightKind = {
  kind: 'storage-filling',
  area: 'operations',
  summary: 'The disk of the database is nearly full.',
  test: `A fact: less than ${freeShareLeast * 100} % and less than ${freeBytesLeast / 1e9} GB of a disk of the database are free.`,
  find: (facts) =>
    (facts.operations?.disks ?? []).flatMap(({ name, free, total }) => {
      const share = free / total;
      if (share >= freeShareLeast || free >= freeBytesLeast) return [];
      return [
        {
          subject: { kind: 'engine' as const, key: `disk ${name}`, name: `Disk ${name}` },
          judgedAt: facts.eventTime,
          pValue: null,
          tell: () => ({
            changed: `The disk of the database is nearly full: ${percent(share)} is free.`,
            why: [`${gigabytes(free)} of ${gigabytes(total)} are free on the disk “${name}”.`],
            ignored:
              'When it is full nothing new is learnt or shown; events are kept in the log as long as that has room.',
            evidence: {
              kind: 'bars' as const,
              caption: 'Share of the disk',
              unit: 'share' as const,
              bars: [
                { name: 'free', value: share, isMeant: true },
                { name: 'used', value: 1 - share, isMeant: false },
              ].map((bar) => ({ ...bar, lower: null, upper: null })),
              reference: { name: 'should be free', value: freeShareLeast },
            },
            action: lookAction('See what the pipelines keep', '/pipelines'),
            promise: standingPromise('There is room again.', 7),
            since: facts.eventTime,
            impact: { value: share < 0.03 ? 0.9 : 0.6, words: 'Everything stops when it is full.' },
            reach: reachOf(facts, null),
          }),
        },
      ];
    }),
};

function gigabytes(bytes: number): string {
  return `${figure(bytes / 1e9)} GB`;
}
