/** Two versions side by side: quality, what they are made of, features, parameters, gates. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { GateResult } from '../../contracts/gateReport.ts';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { ModelVersion } from '../../contracts/modelVersion.ts';
import { useMay } from '../data/useMay.ts';
import { useView } from '../data/useView.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Hash } from '../parts/Hash.tsx';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { words as common, gateWords, outcomeWords, compared as words } from '../words/versions.ts';
import {
  type ComparedGate,
  type ComparedRow,
  featuresApart,
  gateRows,
  originRows,
  parameterRows,
} from './compared.ts';
import { formatMetric, metricChange, metricName, metricsOf } from './figures.ts';
import { outcomeTone } from './GatesSection.tsx';
import { versionQuery } from './queries.ts';

export function CompareSection({ life }: { life: ModelLife }) {
  const { search } = useView();
  const { version, against } = search;
  if (version === undefined || against === undefined) return null;
  const known = life.versions.map((each) => each.version);
  const unknown = [version, against].find((each) => !known.includes(each));
  if (unknown !== undefined) return <p className="notice">{words.isAbsent(unknown)}</p>;
  // The list has the newest first: the older stands left.
  const [right = '', left = ''] = known.filter((each) => each === version || each === against);
  return <Pair key={`${left} ${right}`} model={life.model} left={left} right={right} />;
}

function Pair({ model, left, right }: { model: string; left: string; right: string }) {
  const { change } = useView();
  const mayLook = useMay('people');
  const first = useQuery({ ...versionQuery(model, left), enabled: mayLook });
  const second = useQuery({ ...versionQuery(model, right), enabled: mayLook });
  return (
    <Section
      title={words.title(left, right)}
      tools={
        <button
          type="button"
          className="button small"
          onClick={() => change({ version: undefined, against: undefined })}
        >
          {words.clear}
        </button>
      }
    >
      {!mayLook ? (
        <NotAllowed permission="people" />
      ) : first.data === undefined || second.data === undefined ? (
        <Waiting answers={[first, second]} height={320} />
      ) : (
        <SideBySide left={first.data.version} right={second.data.version} />
      )}
    </Section>
  );
}

interface Both {
  left: ModelVersion;
  right: ModelVersion;
}

function SideBySide({ left, right }: Both) {
  const parameters = parameterRows(left, right);
  const gates = gateRows(left, right);
  return (
    <>
      <Part title={words.metrics} text={words.metricsText}>
        <DataTable
          label={words.metrics}
          columns={metricColumns({ left, right })}
          rows={metricsOf([left.metrics, right.metrics])}
          keyOf={(metric) => metric}
        />
      </Part>
      <Part title={words.origin}>
        <DataTable
          label={words.origin}
          columns={rowColumns({ left, right })}
          rows={originRows(left, right)}
          keyOf={({ name }) => name}
        />
      </Part>
      <div className="halves compared-halves">
        <Features left={left} right={right} />
        <Part title={words.parameters}>
          {parameters.length === 0 ? (
            <p className="card-note muted">{words.noParameters}</p>
          ) : (
            <DataTable
              label={words.parameters}
              columns={rowColumns({ left, right })}
              rows={parameters}
              keyOf={({ name }) => name}
            />
          )}
        </Part>
      </div>
      <Part title={words.gates}>
        {gates.length === 0 ? (
          <p className="card-note muted">{words.ungated}</p>
        ) : (
          <DataTable
            label={words.gates}
            columns={gateColumns({ left, right })}
            rows={gates}
            keyOf={({ gate }) => gate}
          />
        )}
      </Part>
    </>
  );
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <div className="card flush">
      <div className="card-title">
        <h3>{title}</h3>
        {text !== undefined && <p className="muted">{text}</p>}
      </div>
      {children}
    </div>
  );
}

function metricColumns({ left, right }: Both): Column<string>[] {
  return [
    { label: words.what, head: true, cell: metricName },
    { label: left.version, number: true, cell: (name) => formatMetric(left.metrics[name]) },
    { label: right.version, number: true, cell: (name) => formatMetric(right.metrics[name]) },
    {
      label: words.difference,
      number: true,
      cell: (name) => {
        const { text, tone } = metricChange(name, left.metrics[name], right.metrics[name]);
        if (tone === 'none') return text;
        const word = tone === 'good' ? words.better : words.worse;
        return (
          <StateWord tone={tone}>
            {text} {word}
          </StateWord>
        );
      },
    },
  ];
}

function rowColumns({ left, right }: Both): Column<ComparedRow>[] {
  const cell = (text: string, name: string) =>
    name === words.snapshot && text.length > 20 ? (
      <Hash value={text} label={common.copy(words.snapshot.toLowerCase())} />
    ) : (
      text
    );
  return [
    { label: words.what, head: true, cell: ({ name }) => name },
    { label: left.version, cell: (row) => cell(row.left, row.name) },
    { label: right.version, cell: (row) => cell(row.right, row.name) },
    {
      label: words.difference,
      cell: ({ differs }) =>
        differs ? <b>{words.differs}</b> : <span className="muted">{words.same}</span>,
    },
  ];
}

function Features({ left, right }: Both) {
  const apart = featuresApart(left, right);
  const lists = [
    [words.added(left.version), apart.left],
    [words.added(right.version), apart.right],
    [words.changed, apart.changed],
  ] as const;
  return (
    <div className="card stack">
      <h3>{words.features}</h3>
      {lists.every(([, names]) => names.length === 0) && <p className="muted">{words.allSame}</p>}
      {lists
        .filter(([, names]) => names.length > 0)
        .map(([title, names]) => (
          <div key={title}>
            <p className="field-label">{title}</p>
            <ul className="feature-names">
              {names.map((name) => (
                <li key={name}>
                  <code>{name}</code>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </div>
  );
}

function gateColumns({ left, right }: Both): Column<ComparedGate>[] {
  const cell = (result: GateResult | undefined) => {
    if (result === undefined) return <span className="muted">{words.notAsked}</span>;
    return (
      <span className="wide-cell">
        <StateWord tone={outcomeTone[result.outcome]}>{outcomeWords[result.outcome]}</StateWord>
        <span className="cell-detail">{result.sentence}</span>
      </span>
    );
  };
  return [
    { label: words.what, head: true, cell: ({ gate }) => gateWords[gate] },
    { label: left.version, cell: (row) => cell(row.left) },
    { label: right.version, cell: (row) => cell(row.right) },
  ];
}
