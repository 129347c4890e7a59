/**
 * What is known before the start and makes the test sharper: what the primary metric is today or, where groups are assigned,
 * how many of them are expected and how long they gather.
 */
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MetricFigures } from '../../../contracts/experimentApi.ts';
import type { MetricKind } from '../../../contracts/experimentMetric.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { formatSize } from '../../format/effects.ts';
import { formatShare } from '../../format/numbers.ts';
import { form as words } from '../../words/experimentForm.ts';
import { figuresQuery } from '../queries.ts';
import { baselineFrom } from './baselineFrom.ts';
import type { BaselineDraft } from './draft.ts';
import type { PartProps } from './part.ts';

interface Props extends Pick<PartProps, 'draft' | 'problems' | 'change'> {
  readonly kind: MetricKind | undefined;
}

export function PriorFields(props: Props) {
  if (props.draft.unit.trim() !== 'user') return <ClusterFields {...props} />;
  const { kind } = props;
  return kind === undefined || kind === 'ratio' || kind === 'quantile' ? null : (
    <BaselineFields {...props} kind={kind} />
  );
}

function BaselineFields({ draft, problems, change, kind }: Props & { kind: MetricKind }) {
  const { baseline, metrics, unit } = draft;
  const metric = metrics.find(({ role }) => role === 'primary')?.metric ?? '';
  const known = useQuery({ ...figuresQuery(metric, unit), enabled: metric !== '' });
  const figures = known.data?.figures ?? undefined;
  const isBinary = kind === 'binary';
  const edit = (part: Partial<BaselineDraft>) => change({ baseline: { ...baseline, ...part } });
  return (
    <>
      <div className="field-row">
        <TextInput
          label={words.baseline}
          description={isBinary ? words.baselinePoints : words.baselineMean}
          value={baseline.mean}
          inputMode="decimal"
          rightSection={isBinary ? '%' : undefined}
          onChange={({ currentTarget: { value } }) => edit({ mean: value })}
        />
        {!isBinary && (
          <TextInput
            label={words.baselineDeviation}
            description={words.baselineDeviationText}
            value={baseline.deviation}
            inputMode="decimal"
            onChange={({ currentTarget: { value } }) => edit({ deviation: value })}
          />
        )}
      </div>
      <p className="muted">{words.baselineText}</p>
      {figures !== undefined && baseline.mean.trim() === '' && (
        <p className="actions">
          <span>{words.known(figures.experiment, meanText(kind, figures))}</span>
          <button
            type="button"
            className="button small"
            onClick={() => change({ baseline: baselineFrom(kind, figures) })}
          >
            {words.take}
          </button>
        </p>
      )}
      <FieldNotes fields={['baseline']} problems={problems} />
    </>
  );
}

function meanText(kind: MetricKind, { mean }: MetricFigures): string {
  return kind === 'binary' ? formatShare(mean) : formatSize(kind, mean);
}

function ClusterFields({ draft, problems, change }: Props) {
  return (
    <>
      <div className="field-row">
        <TextInput
          label={words.plannedClusters}
          description={words.plannedClustersText}
          value={draft.plannedClusters}
          inputMode="numeric"
          onChange={({ currentTarget: { value } }) => change({ plannedClusters: value })}
        />
        <TextInput
          label={words.gatherDays}
          description={words.gatherDaysText}
          value={draft.gatherDays}
          inputMode="numeric"
          onChange={({ currentTarget: { value } }) => change({ gatherDays: value })}
        />
      </div>
      <FieldNotes fields={['plannedClusters', 'gatherDays']} problems={problems} />
    </>
  );
}
