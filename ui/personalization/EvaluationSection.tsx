/** What other policies would have earned on the decisions of this one: which, how far the engine is, and their order. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Policy } from '../../contracts/policy.ts';
import type { AlgorithmsAnswer, PolicyReport } from '../../contracts/policyApi.ts';
import { ApiProblem } from '../data/client.ts';
import { Refusal } from '../definitions/Refusal.tsx';
import { formatCount, formatShare } from '../format/numbers.ts';
import { Section } from '../parts/Section.tsx';
import { fieldName } from '../words/personalization.ts';
import { evaluation as words } from '../words/policyEvaluation.ts';
import type { Asked } from './asked.ts';
import { candidatesOf, firstCandidates, policyCandidate } from './candidates.ts';
import { algorithmsQuery, policiesQuery } from './queries.ts';
import { RankingTable } from './RankingTable.tsx';
import { useEvaluation } from './useEvaluation.ts';

interface Props {
  policy: Policy;
  /** Its range is that of the decisions; undefined: all there are. */
  report: PolicyReport | undefined;
  onAsk(asked: Asked): void;
}

/** As the engine takes them at once. */
const candidatesMax = 8;

export function EvaluationSection(props: Props) {
  const known = useQuery(algorithmsQuery);
  return (
    <Section title={words.title} text={words.text}>
      <div className="card stack evaluation">
        {known.data !== undefined && <Evaluation {...props} known={known.data} />}
        {known.isError && <Refusal error={known.error} nameOf={fieldName} />}
      </div>
    </Section>
  );
}

function Evaluation({ policy, report, onAsk, known }: Props & { known: AlgorithmsAnswer }) {
  const list = useQuery(policiesQuery);
  const others = (list.data?.policies ?? []).filter(({ key }) => key !== policy.key);
  const possible = candidatesOf(policy, known);
  const [chosen, setChosen] = useState<readonly string[]>(() => firstCandidates(possible));
  const [other, setOther] = useState('');
  const { state, run, cancel } = useEvaluation(policy.key);
  const isRunning = state.phase === 'running';
  const added = others.filter(({ key }) => key === other).map(policyCandidate);
  const candidates = [...possible.filter(({ id }) => chosen.includes(id)), ...added];
  const range = report === undefined ? {} : { from: report.from, to: report.to };
  const isTooMany = candidates.length > candidatesMax;
  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run({ candidates, ...range });
        }}
      >
        <fieldset className="candidates" disabled={isRunning}>
          <legend className="field-label">{words.candidates}</legend>
          {possible.map(({ id, name, note }) => (
            <label key={id} className="candidate">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ currentTarget: { checked } }) =>
                  setChosen(checked ? [...chosen, id] : chosen.filter((each) => each !== id))
                }
              />
              <span>
                {name}
                <span className="cell-detail">{note}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {others.length > 0 && (
          <NativeSelect
            label={words.other}
            className="candidate-policy"
            data={[
              { value: '', label: words.noOther },
              ...others.map(({ key, name }) => ({ value: key, label: name })),
            ]}
            value={other}
            disabled={isRunning}
            onChange={({ currentTarget: { value } }) => setOther(value)}
          />
        )}
        <div className="actions">
          <button
            type="submit"
            className="button primary"
            disabled={isRunning || candidates.length === 0 || isTooMany}
          >
            {words.run}
          </button>
          {isRunning && (
            <button type="button" className="button" onClick={cancel}>
              {words.cancel}
            </button>
          )}
          {isTooMany && <span className="muted">{words.tooMany(candidatesMax)}</span>}
          {candidates.length === 0 && <span className="muted">{words.noneChosen}</span>}
          {isRunning && <Progress decisions={state.decisions} of={state.of} />}
        </div>
      </form>
      <div aria-live="polite">
        {state.phase === 'failed' && <NotTold error={state.error} />}
        {state.phase === 'done' && (
          <RankingTable
            policy={policy}
            answer={state.answer}
            asked={state.asked.candidates}
            onAsk={onAsk}
          />
        )}
      </div>
    </>
  );
}

function Progress({ decisions, of }: { decisions: number; of: number }) {
  const id = useId();
  // The log grows while it is read.
  const done = of === 0 ? 0 : Math.min(1, decisions / of);
  return (
    <span className="evaluation-progress">
      <progress aria-labelledby={id} max={1} {...(of === 0 ? {} : { value: done })} />
      <span id={id} className="muted">
        {of === 0
          ? words.begins
          : words.progress(
              formatCount(Math.min(decisions, of)),
              formatCount(of),
              formatShare(done),
            )}
      </span>
    </span>
  );
}

function NotTold({ error }: { error: Error }) {
  const isAsked = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
  return (
    <div className="stack">
      <h3>{isAsked ? words.refused : words.failed}</h3>
      <Refusal error={error} nameOf={fieldName} />
    </div>
  );
}
