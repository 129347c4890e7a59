/** A note with its time, which is now unless another is given. Enter adds it, Escape leaves. */

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Refusal } from '../definitions/Refusal.tsx';
import { fieldOfTime, timeOfField } from '../format/times.ts';
import { Needs } from '../parts/Needs.tsx';
import { fieldName, notes as words } from '../words/experiments.ts';
import { annotate } from './queries.ts';

interface Props {
  /** Its key. */
  experiment: string;
  onClose(): void;
}

/** A line beside a chart, not a page. */
const textMax = 500;

export function NoteForm({ experiment, onClose }: Props) {
  const [openedAt] = useState(() => fieldOfTime(Date.now()));
  const [text, setText] = useState('');
  const [when, setWhen] = useState(openedAt);
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const at = timeOfField(when);
  const note = useMutation({
    // An untouched time is the engine's now.
    mutationFn: () => annotate(experiment, { text, at: when === openedAt ? undefined : at }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['experiments', 'one', experiment] });
      onClose();
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (text.trim() !== '' && at !== undefined) note.mutate();
  }
  function leave(event: KeyboardEvent): void {
    if (event.key === 'Escape') onClose();
  }

  return (
    <form
      className="note-form"
      aria-label={words.form}
      noValidate
      onSubmit={submit}
      onKeyDown={leave}
    >
      <TextInput
        label={words.text}
        placeholder={words.example}
        autoFocus
        maxLength={textMax}
        value={text}
        error={tried && text.trim() === '' ? words.textMissing : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={words.when}
        value={when}
        error={tried && at === undefined ? words.whenMissing : undefined}
        onChange={(event) => setWhen(event.currentTarget.value)}
      />
      <div className="actions">
        <Needs>
          <button type="submit" className="button primary" disabled={note.isPending}>
            {note.isPending ? words.pending : words.confirm}
          </button>
        </Needs>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
      {note.isError && <Refusal error={note.error} nameOf={fieldName} />}
    </form>
  );
}
