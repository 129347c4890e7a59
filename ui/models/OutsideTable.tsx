/** Models from outside: what was sent of them, how many labels have come, and how well they did. */
import type { WatchedModelSummary } from '../../contracts/performanceApi.ts';
import { judgeAuc, judgeCalibration } from '../format/judgements.ts';
import { formatCount, formatShare, missing } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { words as common, figureTexts, list as words } from '../words/models.ts';
import { formatPerformance } from './figures.ts';
import { JudgedFigure } from './JudgedFigure.tsx';
import { ModelLink } from './ModelLink.tsx';

type Model = WatchedModelSummary;

const figureOf = ({ total }: Model, name: string) => total.figures[name] ?? null;

const columns: readonly Column<Model>[] = [
  {
    label: words.model,
    head: true,
    cell: ({ pipeline, model, monitor }) => (
      <>
        <ModelLink pipeline={pipeline} model={model} />
        <span className="cell-detail">
          {pipeline} · {monitor}
        </span>
      </>
    ),
  },
  {
    label: words.version,
    minor: true,
    cell: ({ version }) => (version === '' ? common.none : <code>{version}</code>),
  },
  {
    label: words.predictions,
    number: true,
    cell: ({ labels }) => formatCount(labels?.['told'] ?? null),
  },
  {
    label: words.labelled,
    number: true,
    cell: ({ labels, total: { count } }) => (
      <>
        {formatCount(count)}
        <span className="cell-detail">{formatShare(shareOf(count, labels?.['told']))}</span>
      </>
    ),
  },
  {
    label: words.auc,
    definition: { means: figureTexts.auc },
    number: true,
    cell: (model) =>
      model.kind === 'number' ? (
        <>
          {formatPerformance('meanAbsoluteError', figureOf(model, 'meanAbsoluteError'))}
          <span className="cell-detail">{words.error}</span>
        </>
      ) : (
        <Judged model={model} />
      ),
  },
  {
    label: words.logLoss,
    definition: { means: figureTexts.logLoss },
    number: true,
    minor: true,
    cell: (model) => formatPerformance('logLoss', figureOf(model, 'logLoss')),
  },
  {
    label: words.calibration,
    definition: { means: figureTexts.calibrationError },
    number: true,
    minor: true,
    cell: (model) => {
      const error = figureOf(model, 'calibrationError');
      if (error === null) return missing;
      return <JudgedFigure as={judgeCalibration(error)} figure={formatShare(error)} />;
    },
  },
  {
    label: words.heard,
    number: true,
    minor: true,
    cell: ({ receivedAt }) => (
      <time dateTime={new Date(receivedAt).toISOString()}>{formatInstant(receivedAt)}</time>
    ),
  },
];

function Judged({ model }: { model: Model }) {
  const auc = figureOf(model, 'auc');
  if (auc === null) return missing;
  return <JudgedFigure as={judgeAuc(auc)} figure={formatPerformance('auc', auc)} />;
}

function shareOf(count: number, of: number | null | undefined): number | null {
  return of === null || of === undefined || of === 0 ? null : count / of;
}

export function OutsideTable({ models }: { models: readonly Model[] }) {
  return (
    <div className="card flush">
      <DataTable
        label={words.outside}
        columns={columns}
        rows={models}
        keyOf={({ pipeline, model }) => `${pipeline}/${model}`}
      />
    </div>
  );
}
