/** The steps of a run: how each stands, how long it took, and what came of it. */
import type { RunStep, TrainingRun } from '../../contracts/trainingRun.ts';
import { formatDuration } from '../format/numbers.ts';
import { useNow } from '../live/useNow.ts';
import { Definition } from '../parts/Definition.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { stepStates, stepTexts, stepWords, detail as words } from '../words/retraining.ts';
import { spentMs, stepTones } from './runs.ts';

export function StepsSection({ run }: { run: TrainingRun }) {
  return (
    <Section title={words.steps}>
      <ol className="card run-steps">
        {run.steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </Section>
  );
}

function Step({ step }: { step: RunStep }) {
  const { name, state, sentence } = step;
  return (
    <li className={state} aria-current={state === 'running' ? 'step' : undefined}>
      <h3>
        <Definition of={{ means: stepTexts[name] }}>{stepWords[name]}</Definition>
      </h3>
      <StateWord tone={stepTones[state]}>{stepStates[state]}</StateWord>
      <p>{sentence}</p>
      <span className="step-time">
        <Spent step={step} />
      </span>
    </li>
  );
}

function Spent({ step }: { step: RunStep }) {
  const now = useNow();
  const spent = spentMs(step, now);
  return spent === null || step.state === 'skipped' ? null : formatDuration(spent);
}
