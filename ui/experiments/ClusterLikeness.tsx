/** Where groups are assigned: how alike their members are in each metric, and what that costs. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { formatShare } from '../format/numbers.ts';
import { clusters as words } from '../words/experiments.ts';
import { nameOfMetric } from './chosen.ts';

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
}

export function ClusterLikeness({ detail, result }: Props) {
  const known = result.metrics.flatMap(({ metric, clusters }) =>
    clusters === undefined ? [] : [{ metric, ...clusters }],
  );
  if (known.length === 0) return null;
  return (
    <div className="card">
      <h3>{words.title}</h3>
      <p className="muted">{words.text(detail.experiment.gatherDays ?? gatherDaysDefault)}</p>
      <ul className="guardrails">
        {known.map(({ metric, clusters, size, correlation, designEffect }) => (
          <li key={metric}>
            <span>
              <b>{nameOfMetric(detail.metrics, metric)}</b>{' '}
              <span className="muted">
                {correlation === null || designEffect === null || size === null
                  ? words.open
                  : words.sentence({
                      clusters,
                      size: size.toFixed(1),
                      share: formatShare(Math.max(0, correlation)),
                      times: designEffect.toFixed(1),
                    })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** As the engine has it. */
const gatherDaysDefault = 7;
