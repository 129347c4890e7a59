/** Asks before an experiment is started, paused, resumed, ended or put away. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { fieldName, moves as words } from '../words/experiments.ts';
import { consequencesOf } from './consequences.ts';
import type { MoveAsked, StopDecision } from './moveAsked.ts';
import { moveExperiment } from './queries.ts';

interface Props {
  detail: ExperimentDetail;
  asked: MoveAsked;
  onClose(): void;
}

const decisions: readonly StopDecision[] = ['ship', 'stop', 'invalid', 'none'];

export function MoveDialog({ detail, asked, onClose }: Props) {
  const { experiment, problems } = detail;
  const [chosen, setChosen] = useState(asked);
  const { move } = chosen;
  const ships = chosen.move === 'stop' && chosen.decision === 'ship';
  return (
    <ReasonDialog
      title={words.titles[move](experiment.name)}
      confirm={words.confirm[ships ? 'ship' : move]}
      consequences={consequencesOf(detail, chosen)}
      blocking={move === 'start' ? problems.filter(({ severity }) => severity === 'problem') : []}
      blockingTitle={words.blocking}
      danger={move === 'stop' && !ships}
      queryKey="experiments"
      nameOf={fieldName}
      run={(reason) => moveExperiment(experiment.key, move, bodyOf(chosen, reason))}
      onClose={onClose}
    >
      {chosen.move === 'stop' && (
        <DecisionFields detail={detail} chosen={chosen} onChoose={setChosen} />
      )}
    </ReasonDialog>
  );
}

interface FieldsProps {
  detail: ExperimentDetail;
  chosen: Extract<MoveAsked, { move: 'stop' }>;
  onChoose(chosen: MoveAsked): void;
}

/** What is decided at the end, and for which variant. */
function DecisionFields({ detail, chosen, onChoose }: FieldsProps) {
  const { variants, control } = detail.experiment;
  const treated = variants.filter(({ key }) => key !== control);
  const best = detail.result?.verdict.variant ?? treated[0]?.key ?? null;
  return (
    <div className="field-row">
      <NativeSelect
        label={words.decision}
        data={decisions.map((value) => ({ value, label: words.decisions[value] }))}
        value={chosen.decision}
        onChange={({ currentTarget }) =>
          onChoose(withDecision(currentTarget.value as StopDecision, best))
        }
      />
      {chosen.decision === 'ship' && (
        <NativeSelect
          label={words.variant}
          data={treated.map(({ key, name }) => ({ value: key, label: name }))}
          value={chosen.variant ?? ''}
          onChange={({ currentTarget }) => onChoose({ ...chosen, variant: currentTarget.value })}
        />
      )}
    </div>
  );
}

function withDecision(decision: StopDecision, variant: string | null): MoveAsked {
  return { move: 'stop', decision, variant: decision === 'ship' ? variant : null };
}

function bodyOf(asked: MoveAsked, reason: string) {
  if (asked.move !== 'stop' || asked.decision === 'none') return { reason };
  return { reason, decision: { verdict: asked.decision, variant: asked.variant } };
}
