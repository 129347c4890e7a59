/** How the experiment is made: who is in it, what they get, what is measured. */
import type { Covariate } from '../../contracts/covariate.ts';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { conditionWords } from '../definitions/conditionWords.ts';
import { formatSize } from '../format/effects.ts';
import { formatDuration, formatShare } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { words as common, roleWords, setUp as words } from '../words/experiments.ts';
import { nameOfMetric } from './chosen.ts';
import { formatLevelShare } from './levels.ts';

type Variant = ExperimentDetail['experiment']['variants'][number];
type Metric = ExperimentDetail['experiment']['metrics'][number];

export function SetUp({ detail }: { detail: ExperimentDetail }) {
  const { experiment, metrics } = detail;
  const { layer, holdouts, segments } = experiment;
  const primary = experiment.metrics.find(({ role }) => role === 'primary');
  const kind = metrics.find(({ key }) => key === primary?.metric)?.kind ?? 'continuous';
  const variantColumns: Column<Variant>[] = [
    { label: words.variant, head: true, cell: ({ name }) => name },
    { label: words.key, cell: ({ key }) => <code>{key}</code> },
    { label: words.weight, number: true, cell: ({ weight }) => formatLevelShare(weight) },
    {
      label: words.payload,
      cell: ({ payload }) =>
        payload === undefined ? (
          <span className="muted">{common.none}</span>
        ) : (
          <code className="preview">{JSON.stringify(payload)}</code>
        ),
    },
  ];
  const metricColumns: Column<Metric>[] = [
    { label: words.metric, head: true, cell: ({ metric }) => nameOfMetric(metrics, metric) },
    {
      label: words.role,
      cell: ({ role, covariates = [], prior }) => (
        <>
          {roleWords[role]}
          {covariates.length > 0 && (
            <span className="cell-detail">
              {words.adjustedBy(covariates.map((each) => covariateName(metrics, each)).join(', '))}
            </span>
          )}
          {prior !== undefined && <span className="cell-detail">{words.withPrior}</span>}
        </>
      ),
    },
    {
      label: words.measured,
      cell: ({ metric }) => {
        const found = metrics.find(({ key }) => key === metric);
        if (found === undefined) return common.none;
        return (
          <>
            {words.kinds[found.kind]}
            <span className="cell-detail wide-cell">{conditionWords(found.filter)}</span>
          </>
        );
      },
    },
    {
      label: words.window,
      number: true,
      cell: ({ metric }) =>
        formatDuration(metrics.find(({ key }) => key === metric)?.windowMs ?? null),
    },
  ];
  return (
    <Section
      title={words.title}
      {...(experiment.hypothesis === '' ? {} : { text: experiment.hypothesis })}
    >
      <div className="card">
        <dl className="facts">
          <Fact name={words.unit}>{experiment.unit}</Fact>
          <Fact name={words.traffic}>{formatLevelShare(experiment.traffic)}</Fact>
          <Fact name={words.targeting}>{conditionWords(experiment.targeting)}</Fact>
          <Fact name={words.minimumEffect}>{formatSize(kind, experiment.minimumEffect)}</Fact>
          <Fact name={words.alpha}>{formatShare(experiment.alpha)}</Fact>
          <Fact name={words.sticky}>{experiment.sticky ? words.yes : words.no}</Fact>
          {layer !== undefined && (
            <Fact name={words.layer}>
              {words.slice(layer.name, layer.from / 10_000, layer.to / 10_000)}
            </Fact>
          )}
          {holdouts.length > 0 && (
            <Fact name={words.holdouts}>
              {holdouts.map(({ name, share }) => `${name} ${formatLevelShare(share)}`).join(', ')}
            </Fact>
          )}
          {segments.length > 0 && <Fact name={words.segments}>{segments.join(', ')}</Fact>}
        </dl>
      </div>
      {experiment.variants.length > 0 && (
        <div className="card flush">
          <h3 className="card-title">{words.variants}</h3>
          <DataTable
            label={words.variants}
            columns={variantColumns}
            rows={experiment.variants}
            keyOf={({ key }) => key}
          />
        </div>
      )}
      {experiment.metrics.length > 0 && (
        <div className="card flush">
          <h3 className="card-title">{words.metrics}</h3>
          <DataTable
            label={words.metrics}
            columns={metricColumns}
            rows={experiment.metrics}
            keyOf={({ metric, role }) => `${metric} ${role}`}
          />
        </div>
      )}
    </Section>
  );
}

function covariateName(metrics: ExperimentDetail['metrics'], covariate: Covariate): string {
  if (covariate.of === 'exposure') return covariate.field.replace(/^context\.(segments\.)?/, '');
  const { metric } = covariate;
  return metric === undefined ? words.ownPast : words.pastOf(nameOfMetric(metrics, metric));
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
