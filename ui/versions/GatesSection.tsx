/** What a version was asked before it could be released: each gate with its sentence, and its checks against their bounds. */
import { useState } from 'react';
import type { GateCheck, GateReport, GateResult } from '../../contracts/gateReport.ts';
import type { Tone } from '../format/judgements.ts';
import { formatCount, missing } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Definition } from '../parts/Definition.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { gateTexts, gateWords, outcomeWords, detail as words } from '../words/versions.ts';
import { CheckBar, checkExtent } from './CheckBar.tsx';
import { formatFound } from './figures.ts';

export const outcomeTone: Record<GateResult['outcome'], Tone> = {
  passed: 'good',
  failed: 'bad',
  skipped: 'none',
};

export function GatesSection({ report }: { report: GateReport | null }) {
  if (report === null) {
    return (
      <Section title={words.gates}>
        <div className="card">
          <Empty title={words.ungated}>
            <p className="muted">{words.ungatedText}</p>
          </Empty>
        </div>
      </Section>
    );
  }
  return (
    <Section
      title={words.gates}
      text={`${saidOf(report)} ${words.gatesAt(formatInstant(report.at))}`}
    >
      {report.gates.map((result) => (
        <Gate key={result.gate} result={result} />
      ))}
    </Section>
  );
}

function saidOf({ passed, against, gates }: GateReport): string {
  const failed = gates.filter(({ outcome }) => outcome === 'failed').length;
  if (passed) return against === null ? words.gatesPassedAlone : words.gatesPassed(against);
  return against === null ? words.gatesFailedAlone(failed) : words.gatesFailed(failed, against);
}

/** More are folded away. */
const unfoldedMax = 8;

function Gate({ result: { gate, outcome, sentence, checks } }: { result: GateResult }) {
  const [isWhole, setWhole] = useState(false);
  const sorted = checks.toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    <div className="card flush gate">
      <div className="card-title spread">
        <h3>
          <Definition of={{ means: gateTexts[gate] }}>{gateWords[gate]}</Definition>
        </h3>
        <StateWord tone={outcomeTone[outcome]}>{outcomeWords[outcome]}</StateWord>
      </div>
      <p className="gate-sentence">{sentence}</p>
      {checks.length > 0 && (
        <DataTable
          label={gateWords[gate]}
          columns={columnsOf(checks)}
          rows={isWhole ? sorted : sorted.slice(0, unfoldedMax)}
          keyOf={({ name }) => name}
        />
      )}
      {checks.length > unfoldedMax && (
        <p className="card-note">
          <button type="button" className="text-button" onClick={() => setWhole(!isWhole)}>
            {isWhole ? words.showFewer : words.showAll(checks.length)}
          </button>
        </p>
      )}
    </div>
  );
}

/** What failed comes first, then what could have; the rest is told beside. */
function rankOf({ passed, bound }: GateCheck): number {
  if (!passed) return 0;
  return bound === null ? 2 : 1;
}

function columnsOf(checks: readonly GateCheck[]): Column<GateCheck>[] {
  // What has no bound is of another size, and was not judged.
  const extent = checkExtent(checks.filter(({ bound }) => bound !== null));
  return [
    { label: words.check, head: true, cell: ({ name }) => name },
    {
      label: words.value,
      number: true,
      cell: ({ value, lower, upper }) => (
        <>
          {formatFound(value)}
          {lower !== null && upper !== null && (
            <span className="cell-detail">
              {words.between(formatFound(lower), formatFound(upper))}
            </span>
          )}
        </>
      ),
    },
    {
      label: words.interval,
      minor: true,
      cell: (check) => check.bound !== null && <CheckBar check={check} extent={extent} />,
    },
    {
      label: words.bound,
      number: true,
      minor: true,
      cell: ({ bound }) => (bound === null ? missing : formatFound(bound)),
    },
    {
      label: words.examples,
      number: true,
      minor: true,
      cell: ({ count }) => formatCount(count),
    },
    {
      label: words.verdict,
      cell: ({ passed, bound }) =>
        passed && bound === null ? (
          <span className="muted">{words.unjudged}</span>
        ) : (
          <StateWord tone={passed ? 'good' : 'bad'}>
            {passed ? words.passed : words.failed}
          </StateWord>
        ),
    },
  ];
}
