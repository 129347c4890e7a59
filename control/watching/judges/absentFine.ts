/** Of findings only what stands out is told: a key that breached and is not found any more is as it should be. */
import type { Judge, Judged } from '../judged.ts';
import { plainReading } from './plainReading.ts';

/** @param rememberMs for so long after its last breach a key is told to be well, event time */
export function absentFine(judge: Judge, rememberMs: number): Judge {
  const breached = new Map<string, { readonly key: readonly string[]; readonly end: number }>();
  return {
    judge(end, readings) {
      const judged = [...judge.judge(end, readings)];
      const told = new Set(judged.map(({ key }) => JSON.stringify(key)));
      for (const [name, { key, end: last }] of breached) {
        if (!told.has(name)) judged.push(absent(key, end));
        if (end - last > rememberMs) breached.delete(name);
      }
      for (const { key, verdict } of judged) {
        if (verdict === 'breach') breached.set(JSON.stringify(key), { key, end });
      }
      return judged;
    },
  };
}

function absent(key: readonly string[], end: number): Judged {
  const reading = plainReading({ key, start: end, end, value: null, count: 0 });
  return { key, verdict: 'fine', direction: null, reading };
}
