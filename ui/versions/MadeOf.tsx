/** What a version is made of: data, trainer, parameters, features; and how good it was found to be. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { VersionDetail } from '../../contracts/modelLifeApi.ts';
import type { Artifact, ModelFeature, ModelVersion } from '../../contracts/modelVersion.ts';
import { keepView } from '../data/search.ts';
import { formatWhole } from '../format/numbers.ts';
import { formatDate, formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Hash } from '../parts/Hash.tsx';
import { words as common, compared, list, detail as words } from '../words/versions.ts';
import { sizeText } from './compared.ts';
import { formatMetric, metricName, metricsOf } from './figures.ts';

export function MadeOf({ detail }: { detail: VersionDetail }) {
  const { version } = detail;
  const parameters = Object.entries(version.parameters);
  return (
    <>
      <div className="two-thirds section">
        <Facts detail={detail} />
        <div className="stack">
          {Object.keys(version.metrics).length > 0 && <Metrics metrics={version.metrics} />}
          {parameters.length > 0 && (
            <div className="card stack">
              <h2 className="card-heading">{words.parameters}</h2>
              <dl className="facts parameters">
                {parameters.map(([name, value]) => (
                  <Fact key={name} name={name}>
                    {String(value)}
                  </Fact>
                ))}
              </dl>
            </div>
          )}
        </div>
      </div>
      <Features features={version.features} />
    </>
  );
}

function Facts({ detail: { version, madeAt, actor, reason } }: { detail: VersionDetail }) {
  const { model, trainer, task, calibration, seed, artifact, golden, run, parent, notes } = version;
  return (
    <div className="card stack">
      <h2 className="card-heading">{words.facts}</h2>
      <dl className="facts">
        <Fact name={words.made}>
          <time dateTime={new Date(madeAt).toISOString()}>{formatInstant(madeAt)}</time>
        </Fact>
        <Fact name={words.by}>{actor}</Fact>
        {run !== null && (
          <Fact name={words.run}>
            <Link to="/retraining/$id" params={{ id: run }} search={keepView}>
              {run}
            </Link>
          </Fact>
        )}
        <Fact name={words.task}>{words.tasks[task]}</Fact>
        {trainer !== '' && <Fact name={words.trainer}>{trainer}</Fact>}
        <Fact name={words.calibration}>{calibration ?? compared.uncalibrated}</Fact>
        {seed !== null && <Fact name={words.seed}>{seed}</Fact>}
        {parent !== null && (
          <Fact name={words.parent}>
            <Link
              to="/models/$model/versions/$version"
              params={{ model, version: parent }}
              search={keepView}
            >
              {parent}
            </Link>
          </Fact>
        )}
        <FileFact name={words.file} file={artifact} />
        <FileFact name={words.golden} file={golden} />
        <DataFacts version={version} />
        {reason !== '' && (
          <Fact name={words.reason} isLong>
            {reason}
          </Fact>
        )}
        {notes !== '' && (
          <Fact name={words.notes} isLong>
            {notes}
          </Fact>
        )}
      </dl>
    </div>
  );
}

function DataFacts({ version: { data, kind } }: { version: ModelVersion }) {
  if (data === null) {
    return <Fact name={words.rows}>{kind === 'online' ? words.onlineData : words.noData}</Fact>;
  }
  const { rows, from, to, excludedUsers, snapshot } = data;
  return (
    <>
      <Fact name={words.rows}>{formatWhole(rows)}</Fact>
      <Fact name={words.span}>
        {formatDate(from)} … {formatDate(to)}
      </Fact>
      <Fact name={words.excluded}>
        {formatWhole(excludedUsers)}
        {excludedUsers > 0 && <span className="cell-detail">{words.excludedText}</span>}
      </Fact>
      <Fact name={words.snapshot}>
        <Hash value={snapshot} label={common.copy(words.snapshot.toLowerCase())} />
      </Fact>
    </>
  );
}

function FileFact({ name, file }: { name: string; file: Artifact | null }) {
  if (file === null) return null;
  return (
    <Fact name={name}>
      {sizeText(file.bytes)} <Hash value={file.sha256} label={common.copy(name.toLowerCase())} />
    </Fact>
  );
}

interface FactProps {
  name: string;
  /** Written by people: as wide as there is room. */
  isLong?: boolean;
  children: ReactNode;
}

function Fact({ name, isLong = false, children }: FactProps) {
  return (
    <div className={isLong ? 'long' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Metrics({ metrics }: Pick<ModelVersion, 'metrics'>) {
  return (
    <div className="card stack">
      <h2 className="card-heading">{words.metrics}</h2>
      <dl className="facts parameters" title={list.metricMeans}>
        {metricsOf([metrics]).map((name) => (
          <Fact key={name} name={metricName(name)}>
            {formatMetric(metrics[name])}
          </Fact>
        ))}
      </dl>
    </div>
  );
}

const columns: readonly Column<ModelFeature>[] = [
  { label: words.feature, head: true, cell: ({ name }) => <code>{name}</code> },
  { label: words.featureKind, cell: ({ kind }) => words.featureKinds[kind] },
  { label: words.monotone, cell: ({ monotone }) => words.monotoneWords[`${monotone}`] },
];

function Features({ features }: Pick<ModelVersion, 'features'>) {
  if (features.length === 0) return null;
  return (
    <details className="features">
      <summary>{words.features(features.length)}</summary>
      <div className="card flush">
        <DataTable
          label={words.features(features.length)}
          columns={columns}
          rows={features}
          keyOf={({ name }) => name}
        />
      </div>
    </details>
  );
}
