/** Asks before an alert is taken care of or closed: who, what is known, and whether it was one at all. */

import { Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { useWho } from '../data/useWho.ts';
import { Refusal } from '../definitions/Refusal.tsx';
import type { Undoable } from '../definitions/UndoBar.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Needs } from '../parts/Needs.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { fieldName, answers as words } from '../words/anomalies.ts';
import { type Answer, alertKeys, answerAlert } from './queries.ts';
import { titleOf } from './titleOf.ts';

export interface AskedAnswer {
  readonly alert: Alert;
  readonly answer: Answer;
}

interface Props extends AskedAnswer {
  onDone(done: Undoable): void;
  onClose(): void;
}

export function AnswerDialog({ alert, answer, onDone, onClose }: Props) {
  const { id } = alert;
  const who = useWho();
  const headline = titleOf(alert);
  const isClosing = answer === 'close';
  const [owner, setOwner] = useState(alert.owner ?? '');
  const [note, setNote] = useState(alert.note);
  const [isFalse, setFalse] = useState(false);
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const isNoteMissing = isClosing && isFalse && note.trim() === '';
  const act = useMutation({
    mutationFn: () => {
      const named = owner.trim() === '' ? {} : { owner: owner.trim() };
      return answerAlert(id, answer, {
        note: note.trim(),
        ...(isClosing ? { isFalse } : named),
      });
    },
    onSuccess: () => {
      const taker = owner.trim() === '' ? who : owner.trim();
      onDone(
        isClosing
          ? { sentence: words.closed(headline) }
          : { sentence: words.taken(taker, headline), undo: () => giveBack(alert) },
      );
      onClose();
    },
    onSettled: () =>
      Promise.all(alertKeys.map((queryKey) => queries.invalidateQueries({ queryKey: [queryKey] }))),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!isNoteMissing) act.mutate();
  }

  return (
    <Dialog title={words.titles[answer]} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <p className="dialog-subject">{headline}</p>
        {isClosing ? (
          <Ending isFalse={isFalse} onChange={setFalse} />
        ) : (
          <TextInput
            label={words.owner}
            description={words.ownerText}
            data-autofocus
            maxLength={256}
            value={owner}
            onChange={({ currentTarget: { value } }) => setOwner(value)}
          />
        )}
        <Textarea
          label={words.note}
          description={words.noteText}
          rows={3}
          maxLength={4_096}
          value={note}
          error={tried && isNoteMissing ? words.noteMissing : undefined}
          onChange={({ currentTarget: { value } }) => setNote(value)}
        />
        <ul className="consequences muted">
          {words.consequences[answer].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <OwnName once />
        {act.isError && <Refusal error={act.error} nameOf={fieldName} />}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <Needs>
            <button type="submit" className="button primary" disabled={act.isPending}>
              {act.isPending ? words.pending : words.confirm[answer]}
            </button>
          </Needs>
        </div>
      </form>
    </Dialog>
  );
}

/** As it was before somebody took care. */
function giveBack({ id, owner, note }: Alert): Promise<unknown> {
  return answerAlert(id, 'acknowledge', { owner: owner ?? '', note });
}

function Ending({ isFalse, onChange }: { isFalse: boolean; onChange(isFalse: boolean): void }) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="field-label">{words.how}</legend>
      {[false, true].map((value) => (
        <label key={String(value)} className="choice">
          <input
            type="radio"
            name={name}
            checked={isFalse === value}
            onChange={() => onChange(value)}
            {...(value ? {} : { 'data-autofocus': true })}
          />
          <span>
            {value ? words.false : words.real}
            {value && <span className="cell-detail">{words.falseText}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
