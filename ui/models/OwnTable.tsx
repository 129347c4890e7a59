/** The engine's own models, with their prequential quality. */
import { Link } from '@tanstack/react-router';
import type { ModelsAnswer } from '../../contracts/api.ts';
import type { ModelLivesAnswer } from '../../contracts/modelLifeApi.ts';
import { keepView } from '../data/search.ts';
import { judgeAuc, judgeCalibration } from '../format/judgements.ts';
import { formatCount, formatRatio, formatShare } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { words as common, list as words } from '../words/models.ts';
import { JudgedFigure } from './JudgedFigure.tsx';
import { ModelLink } from './ModelLink.tsx';

type Own = ModelsAnswer['models'][number];

type Lives = ModelLivesAnswer['models'];

const columnsOf = (lives: Lives): readonly Column<Own>[] => [
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
    label: words.serving,
    definition: { means: words.servingMeans },
    cell: ({ name: model }) => {
      const life = lives.find((each) => each.model === model);
      if (life === undefined) return <span className="muted">{common.none}</span>;
      return (
        <Link to="/models/$model/versions" params={{ model }} search={keepView}>
          {words.champion(life.champion)}
          <span className="visually-hidden">{words.allVersions(model)}</span>
        </Link>
      );
    },
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

interface Props {
  models: readonly Own[];
  /** Of those that have versions. */
  lives: Lives;
}

export function OwnTable({ models, lives }: Props) {
  return (
    <div className="card flush">
      <DataTable
        label={words.own}
        columns={columnsOf(lives)}
        rows={models}
        keyOf={({ pipeline, name, version }) => `${pipeline}/${name}/${version}`}
      />
    </div>
  );
}
