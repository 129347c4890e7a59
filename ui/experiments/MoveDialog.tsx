/** Asks before a move: shows what it brings about, and takes the reason for the record. */
import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { ProblemList } from '../definitions/ProblemList.tsx';
import { ReasonField } from '../definitions/ReasonField.tsx';
import { Refusal } from '../definitions/Refusal.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { consequencesOf } from './consequences.ts';
import type { MoveAsked, StopDecision } from './moveAsked.ts';
import { moveExperiment } from './queries.ts';
import { fieldName, moves as words } from './words.ts';

interface Props {
  detail: ExperimentDetail;
  asked: MoveAsked;
  onClose(): void;
}

const decisions: readonly StopDecision[] = ['ship', 'stop', 'invalid', 'none'];

export function MoveDialog({ detail, asked, onClose }: Props) {
  const { experiment } = detail;
  const [chosen, setChosen] = useState(asked);
  const [reason, setReason] = useState('');
  const [unreasoned, setUnreasoned] = useState(false);
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: () => moveExperiment(experiment.key, chosen.move, bodyOf(chosen, reason)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['experiments'] });
      onClose();
    },
  });
  const blocking =
    chosen.move === 'start' ? detail.problems.filter(({ severity }) => severity === 'problem') : [];
  const ships = chosen.move === 'stop' && chosen.decision === 'ship';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') setUnreasoned(true);
    else move.mutate();
  }

  const treated = experiment.variants.filter(({ key }) => key !== experiment.control);
  return (
    <Dialog title={words.titles[chosen.move](experiment.name)} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        {chosen.move === 'stop' && (
          <div className="field-row">
            <NativeSelect
              label={words.decision}
              data={decisions.map((value) => ({ value, label: words.decisions[value] }))}
              value={chosen.decision}
              onChange={(event) =>
                setChosen(
                  withDecision(
                    event.currentTarget.value as StopDecision,
                    detail.result?.verdict.variant ?? treated[0]?.key ?? null,
                  ),
                )
              }
            />
            {ships && (
              <NativeSelect
                label={words.variant}
                data={treated.map(({ key, name }) => ({ value: key, label: name }))}
                value={chosen.variant ?? ''}
                onChange={(event) => setChosen({ ...chosen, variant: event.currentTarget.value })}
              />
            )}
          </div>
        )}
        <div>
          <p className="field-label">{words.consequences}</p>
          <ul className="consequences">
            {consequencesOf(detail, chosen).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        {blocking.length > 0 && (
          <div>
            <p className="field-label">{words.blocking}</p>
            <ProblemList problems={blocking} nameOf={fieldName} />
          </div>
        )}
        <ReasonField value={reason} onChange={setReason} tried={unreasoned} focused />
        <OwnName once />
        {move.isError && <Refusal error={move.error} nameOf={fieldName} />}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button
            type="submit"
            className={isEnd(chosen) && !ships ? 'button danger' : 'button primary'}
            disabled={move.isPending}
          >
            {move.isPending ? words.pending : words.confirm[ships ? 'ship' : chosen.move]}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function isEnd({ move }: MoveAsked): boolean {
  return move === 'stop';
}

function withDecision(decision: StopDecision, variant: string | null): MoveAsked {
  return { move: 'stop', decision, variant: decision === 'ship' ? variant : null };
}

function bodyOf(asked: MoveAsked, reason: string) {
  if (asked.move !== 'stop' || asked.decision === 'none') return { reason };
  return { reason, decision: { verdict: asked.decision, variant: asked.variant } };
}
