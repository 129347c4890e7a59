/** What becomes of a report whose questions fail, as when whoever asked has gone: every failure is heard. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readPolicyReport } from '../../../control/policies/report/policyReport.ts';
import { banditPolicy } from '../../support/simulatedBandit.ts';

test.each([1, 2, 3])('fails as a whole when its questions fail from number %i on', async (from) => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  onTestFinished(() => {
    process.off('unhandledRejection', hear);
  });
  let asked = 0;
  const reader = {
    query: async <Row>(): Promise<Row[]> => {
      asked += 1;
      if (asked < from) return [];
      await sleep(asked);
      throw new Error(`question ${asked} was broken off`);
    },
  };
  await expect(readPolicyReport(reader, banditPolicy({}), {}, 1, 10)).rejects.toThrow('broken off');
  await sleep(40);
  expect(asked).toBe(from === 1 ? 1 : 5);
  expect(unheard).toEqual([]);
});
