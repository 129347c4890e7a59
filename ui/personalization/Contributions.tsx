/** What each thing adds to the score of an action, as bars about zero that add up to it. */

import type { PolicyExplanation } from '../../contracts/policyApi.ts';
import { formatChange, formatValue, missing } from '../format/numbers.ts';
import { barWidth, SignedBar } from '../parts/SignedBar.tsx';
import { user as words } from '../words/person.ts';
import { reasonName } from './explainWords.ts';

type Explained = PolicyExplanation['actions'][number];

interface Props {
  explained: Explained;
  attributes: Readonly<Record<string, unknown>>;
}

const edge = 2;

export function Contributions({ explained: { reasons, mean }, attributes }: Props) {
  const sums = [0, ...runningSums(reasons)];
  const [least, largest] = [Math.min(...sums), Math.max(...sums)];
  const place = (value: number) =>
    edge + ((value - least) / (largest - least || 1)) * (barWidth - 2 * edge);
  const zero = place(0);
  let sum = 0;
  return (
    <ul className="contributions">
      {reasons.map(({ feature, value, weight, score }) => {
        const from = sum;
        sum += score;
        const isPlain = feature === 'bias' || value === 1;
        return (
          <li key={feature}>
            <span>
              {reasonName(feature, attributes)}
              {!isPlain && (
                <span className="cell-detail">
                  {words.times(formatValue(value), formatValue(weight))}
                </span>
              )}
            </span>
            <SignedBar zero={zero} from={place(from)} to={place(sum)} fill={fillOf(score >= 0)} />
            <b>{formatChange(score, formatValue)}</b>
          </li>
        );
      })}
      <li className="total">
        <span>{words.total}</span>
        <SignedBar zero={zero} from={zero} to={place(sum)} fill={fillOf()} />
        <b>{mean === null ? missing : formatValue(mean)}</b>
      </li>
    </ul>
  );
}

/** Each bar begins where the one before it ends. */
function runningSums(reasons: Explained['reasons']): number[] {
  let sum = 0;
  return reasons.map(({ score }) => {
    sum += score;
    return sum;
  });
}

/** The whole without a direction. */
function fillOf(isUp?: boolean): string {
  if (isUp === undefined) return 'var(--text-muted)';
  return isUp ? 'var(--series-1)' : 'var(--series-2)';
}
