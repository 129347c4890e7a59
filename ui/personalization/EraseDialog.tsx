/** Asks before a person is erased: says what goes and what stays, and takes the name once more. */

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ErasureReceipt } from '../../contracts/userApi.ts';
import { Refusal } from '../definitions/Refusal.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Needs } from '../parts/Needs.tsx';
import { erasure as words } from '../words/person.ts';
import { fieldName } from '../words/personalization.ts';
import { eraseUser } from './queries.ts';

interface Props {
  user: string;
  onDone(receipt: ErasureReceipt): void;
  onClose(): void;
}

export function EraseDialog({ user, onDone, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const isSame = typed.trim() === user;
  const erase = useMutation({
    mutationFn: () => eraseUser(user),
    onSuccess: (receipt) => {
      onDone(receipt);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['users', user] }),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (isSame) erase.mutate();
  }

  return (
    <Dialog title={words.title(user)} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <div>
          <p className="field-label">{words.consequences}</p>
          <ul className="consequences">
            {words.consequenceList.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        <TextInput
          label={words.type(user)}
          data-autofocus
          value={typed}
          spellCheck={false}
          autoComplete="off"
          error={tried && !isSame ? words.different : undefined}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        {erase.isError && <Refusal error={erase.error} nameOf={fieldName} />}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <Needs permission="administer">
            <button type="submit" className="button danger" disabled={erase.isPending}>
              {erase.isPending ? words.pending : words.confirm}
            </button>
          </Needs>
        </div>
      </form>
    </Dialog>
  );
}
