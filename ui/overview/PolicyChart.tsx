/** What personalized decisions earn beside those of the held-out, over time. */
import { Link } from '@tanstack/react-router';
import { Chart } from '../charts/Chart.tsx';
import { policyCourse, policyCourseHeight, policyTable } from '../charts/policyCourse.ts';
import { keepView } from '../data/search.ts';
import { EmptyRange } from '../parts/Empty.tsx';
import { definitions } from '../words/personalization.ts';
import { messages } from '../words/shell.ts';
import type { PolicyEffect } from './usePolicyEffect.ts';

const words = messages.overview;
/** What the policy earns. */
const comparedColumns = [1];

export function PolicyChart({ effect: { key, name, report, before } }: { effect: PolicyEffect }) {
  return (
    <div className="effect-chart">
      <Chart
        title={name}
        text={words.policyText}
        definition={{ means: definitions.course }}
        data={report.course}
        tableOf={policyTable}
        option={policyCourse}
        layered
        before={
          before && {
            data: before.report?.course,
            shiftMs: before.shiftMs,
            columns: comparedColumns,
          }
        }
        cursorSeries={2}
        heightPx={policyCourseHeight}
        empty={<EmptyRange />}
      />
      <Link className="chart-more" to="/personalization/$key" params={{ key }} search={keepView}>
        {words.toPolicy(name)}
      </Link>
    </div>
  );
}
