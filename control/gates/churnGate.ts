/** How many predictions change sides: what depends on them would change at once for so many. */
import type { GateResult } from '../../contracts/gateReport.ts';
import type { GatePlan } from '../../contracts/modelPlan.ts';
import { percent } from '../words.ts';
import { type Comparison, weightedMean } from './comparison.ts';
import { check, digits, judged, result } from './gateWords.ts';

export function churnGate(
  { task, candidate, champion, weights, against }: Comparison,
  { churnMax }: Pick<GatePlan, 'churnMax'>,
): GateResult {
  if (task !== 'binary') {
    return result(
      'churn',
      'skipped',
      'It predicts numbers: there is no side of one half to change',
    );
  }
  const count = candidate.length;
  if (count === 0) return result('churn', 'skipped', 'There are no examples to predict');
  const turned = candidate.map((p, row) => (p >= 0.5 === champion[row]! >= 0.5 ? 0 : 1));
  const changed = candidate.map((p, row) => Math.abs(p - champion[row]!));
  const value = weightedMean(turned, weights);
  const change = weightedMean(changed, weights);
  const passed = value <= churnMax;
  const found = `Of the predictions, ${percent(value)} are on the other side of one half than those of ${against}`;
  const text = passed
    ? `${found}, and they change by ${digits(change)} on average; ${percent(churnMax)} is allowed`
    : `${found}, ${percent(value - churnMax)} more than the ${percent(churnMax)} that is allowed`;
  return judged('churn', text, [
    check({ name: 'share on the other side of one half', value, bound: churnMax, count, passed }),
    check({ name: 'mean absolute change', value: change, count }),
  ]);
}
