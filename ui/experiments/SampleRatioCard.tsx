/** Whether the units came as they were assigned, arm by arm. */

import type { z } from 'zod';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentResult, SampleRatio } from '../../contracts/experimentResult.ts';
import { formatCount, formatShare, formatWhole } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Definition } from '../parts/Definition.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { definitions, ratio as words } from '../words/experiments.ts';
import { nameOfVariant } from './chosen.ts';

type Arm = z.infer<typeof SampleRatio>['arms'][number];

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
}

export function SampleRatioCard({ detail, result }: Props) {
  const { sampleRatio, crossed, objected = [] } = result;
  const total = sampleRatio.arms.reduce((sum, { units }) => sum + units, 0);
  const columns: Column<Arm>[] = [
    { label: words.variant, head: true, cell: ({ variant }) => nameOfVariant(detail, variant) },
    { label: words.units, number: true, cell: ({ units }) => formatWhole(units) },
    {
      label: words.came,
      number: true,
      cell: ({ units }) => (total === 0 ? words.none : percent(units / total)),
    },
    { label: words.expected, number: true, cell: ({ expected }) => percent(expected) },
  ];
  return (
    <div className="card flush">
      <div className="card-title spread">
        <h3>
          <Definition of={{ means: definitions.sampleRatio }}>{words.title}</Definition>
        </h3>
        {total > 0 && (
          <StateWord tone={sampleRatio.alarm ? 'bad' : 'good'}>
            {sampleRatio.alarm ? words.alarm : words.ok}
          </StateWord>
        )}
      </div>
      <DataTable
        label={words.title}
        columns={columns}
        rows={sampleRatio.arms}
        keyOf={({ variant }) => variant}
      />
      <p className="card-note muted">
        {total === 0 ? words.noneText : sampleRatio.alarm ? words.alarmText : words.okText}{' '}
        {words.crossed(
          formatCount(crossed),
          formatShare(result.exposed === 0 ? 0 : crossed / result.exposed),
        )}
        {objected.some(({ units }) => units > 0) &&
          ` ${words.objected(
            objected
              .map(({ variant, units }) =>
                words.objectedOf(nameOfVariant(detail, variant), formatWhole(units)),
              )
              .join(', '),
          )}`}
      </p>
    </div>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}\u00a0%`;
}
