/** The engine's own models, with their prequential quality. */
import type { ModelsAnswer } from '../../contracts/api.ts';
import { judgeAuc, judgeCalibration } from '../format/judgements.ts';
import { formatCount, formatRatio, formatShare } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { JudgedFigure } from './JudgedFigure.tsx';
import { ModelLink } from './ModelLink.tsx';
import { list as words } from './words.ts';

type Own = ModelsAnswer['models'][number];

const columns: readonly Column<Own>[] = [
  {
    label: words.model,
    head: true,
    cell: ({ pipeline, name, version }) => (
      <>
        <ModelLink pipeline={pipeline} model={name} version={version} />
        <span className="cell-detail">{pipeline}</span>
      </>
    ),
  },
  { label: words.version, minor: true, cell: ({ version }) => <code>{version}</code> },
  {
    label: words.predictions,
    definition: 'predictions',
    number: true,
    cell: ({ overall }) => formatCount(overall.count),
  },
  {
    label: words.auc,
    definition: 'auc',
    number: true,
    cell: ({ overall: { auc } }) => <JudgedFigure as={judgeAuc(auc)} figure={formatRatio(auc)} />,
  },
  {
    label: words.logLoss,
    definition: 'logLoss',
    number: true,
    minor: true,
    cell: ({ overall }) => formatRatio(overall.logLoss),
  },
  {
    label: words.calibration,
    definition: 'calibration',
    number: true,
    cell: ({ overall: { calibrationError: error } }) => (
      <JudgedFigure as={judgeCalibration(error)} figure={formatShare(error)} />
    ),
  },
  {
    label: words.lastEvent,
    definition: 'lastEvent',
    number: true,
    minor: true,
    cell: ({ lastAt }) => (
      <time dateTime={new Date(lastAt).toISOString()}>{formatInstant(lastAt)}</time>
    ),
  },
];

export function OwnTable({ models }: { models: readonly Own[] }) {
  return (
    <div className="card flush">
      <DataTable
        label={words.own}
        columns={columns}
        rows={models}
        keyOf={({ pipeline, name, version }) => `${pipeline}/${name}/${version}`}
      />
    </div>
  );
}
