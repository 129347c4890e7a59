/** Models at a glance; choosing one shows it in the charts. */
import type { ModelsAnswer } from '../../contracts/api.ts';
import { aucInterval } from '../format/aucInterval.ts';
import { type Judgement, judgeAuc, judgeCalibration } from '../format/judgements.ts';
import { formatCount, formatRatio, formatShare } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { messages } from '../words/shell.ts';

type ModelSummary = ModelsAnswer['models'][number];

const words = messages.models;

interface Props {
  models: readonly ModelSummary[];
  selected: ModelSummary | undefined;
  onSelect(name: string): void;
}

export function ModelsTable({ models, selected, onSelect }: Props) {
  const columns: Column<ModelSummary>[] = [
    {
      label: words.name,
      head: true,
      cell: ({ name, version }) => (
        <button
          type="button"
          className="text-button"
          aria-label={words.select(name)}
          aria-pressed={name === selected?.name && version === selected.version}
          onClick={() => onSelect(name)}
        >
          {name}
        </button>
      ),
    },
    { label: words.version, minor: true, cell: ({ version }) => <code>{version}</code> },
    {
      label: words.predictions,
      definition: 'predictions',
      number: true,
      cell: ({ overall }) => formatCount(overall.count),
      value: ({ overall }) => overall.count,
    },
    {
      label: words.auc,
      definition: 'auc',
      number: true,
      cell: ({ overall }) => <Auc quality={overall} />,
      value: ({ overall }) => overall.auc,
    },
    {
      label: words.recentAuc,
      definition: 'recentAuc',
      number: true,
      cell: ({ recent }) => <Judged as={judgeAuc(recent.auc)} figure={formatRatio(recent.auc)} />,
      value: ({ recent }) => recent.auc,
    },
    {
      label: words.logLoss,
      definition: 'logLoss',
      number: true,
      cell: ({ overall }) => formatRatio(overall.logLoss),
      value: ({ overall }) => overall.logLoss,
    },
    {
      label: words.calibration,
      definition: 'calibration',
      number: true,
      cell: ({ overall: { calibrationError } }) => (
        <Judged as={judgeCalibration(calibrationError)} figure={formatShare(calibrationError)} />
      ),
      value: ({ overall }) => overall.calibrationError,
    },
    {
      label: words.baseRate,
      definition: 'baseRate',
      number: true,
      minor: true,
      cell: ({ overall }) => formatShare(overall.baseRate),
      value: ({ overall }) => overall.baseRate,
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
  return (
    <div className="card flush">
      <DataTable
        label={messages.overview.models}
        columns={columns}
        rows={models}
        keyOf={({ pipeline, name, version }) => `${pipeline}/${name}/${version}`}
        selected={(model) => model === selected && models.length > 1}
      />
    </div>
  );
}

/** The shape says the judgement to the eye, the hidden word to a screen reader. */
function Judged({ as: { tone, word }, figure }: { as: Judgement; figure: string }) {
  return (
    <StateWord tone={tone}>
      {figure}
      <span className="visually-hidden">, {word}</span>
    </StateWord>
  );
}

function Auc({ quality }: { quality: ModelSummary['overall'] }) {
  const interval = aucInterval(quality);
  return (
    <>
      {formatRatio(quality.auc)}
      {interval !== undefined && (
        <span className="muted"> ± {formatRatio((interval.upper - interval.lower) / 2)}</span>
      )}
    </>
  );
}
