/** Asks before a model is trained by hand; the page of the run follows. */
import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keepView } from '../data/search.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { dialogs } from '../words/retraining.ts';
import { startRun } from './queries.ts';

const words = dialogs.train;

interface Props {
  models: readonly string[];
  initial: string;
  onClose(): void;
}

export function TrainDialog({ models, initial, onClose }: Props) {
  const navigate = useNavigate();
  const [model, setModel] = useState(initial);
  return (
    <ReasonDialog
      title={words.title}
      confirm={words.confirm}
      consequences={words.effects}
      queryKey="retraining"
      nameOf={() => undefined}
      run={(reason) => startRun(model, reason)}
      onDone={({ id }) =>
        void navigate({ to: '/retraining/$id', params: { id }, search: keepView })
      }
      onClose={onClose}
    >
      <NativeSelect
        label={words.model}
        data-autofocus
        data={[...models]}
        value={model}
        onChange={({ currentTarget: { value } }) => setModel(value)}
      />
    </ReasonDialog>
  );
}
