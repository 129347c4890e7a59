/** Asks before a card is put off or called done, and takes a note on how useful it is. */

import { Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Card, CardAnswer } from '../../contracts/insight.ts';
import { ApiProblem } from '../data/client.ts';
import { Refusal } from '../definitions/Refusal.tsx';
import { cut } from '../format/cut.ts';
import { fieldOfTime } from '../format/times.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Needs } from '../parts/Needs.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { fieldName, answers as words } from '../words/recommendations.ts';
import type { AskedAnswer } from './answered.ts';
import { ChangedNotice } from './ChangedNotice.tsx';
import { answerInsight, insightKeys, insightQuery } from './queries.ts';
import { whatChanged } from './whatChanged.ts';

interface Props {
  card: Card;
  answer: AskedAnswer;
  /** @param newest the card as it is then */
  onDone(card: Card, answer: CardAnswer, newest: Card): void;
  onClose(): void;
}

const dayMs = 86_400_000;
/** The engine puts nothing off for longer. */
const yearMs = 366 * dayMs;
const spans = ['day', 'week', 'date'] as const;
type Span = (typeof spans)[number];
const opinions = ['useful', 'not useful'] as const;
const titleMax = 400;

export function AnswerDialog({ card: read, answer: asked, onDone, onClose }: Props) {
  const [card, setCard] = useState(read);
  const [changes, setChanges] = useState<readonly string[]>([]);
  const [answer, setAnswer] = useState<AskedAnswer>(asked);
  const [span, setSpan] = useState<Span>('week');
  const [day, setDay] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [openedAt] = useState(Date.now);
  const queries = useQueryClient();
  const isOpinion = answer === 'useful' || answer === 'not useful';
  const until = answer === 'snooze' ? untilOf(span, day, openedAt) : undefined;
  const isDayMissing = answer === 'snooze' && until === undefined;
  const act = useMutation({
    mutationFn: () =>
      answerInsight(card.id, {
        ...{ answer, note: note.trim(), revision: card.revision },
        ...(until === undefined ? {} : { until }),
      }),
    onSuccess: (newest) => {
      onDone(card, answer, newest);
      onClose();
    },
    onError: async (error) => {
      if (!(error instanceof ApiProblem && error.status === 409)) return;
      const newest = await queries
        .fetchQuery({ ...insightQuery(card.id), staleTime: 0 })
        .catch(() => undefined);
      if (newest === undefined || newest.card.revision === card.revision) return;
      setChanges(whatChanged(card, newest.card));
      setCard(newest.card);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: insightKeys }),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!isDayMissing) act.mutate();
  }

  return (
    <Dialog title={words.titles[answer]} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <p className="dialog-subject">{cut(card.finding.changed, titleMax)}</p>
        {isOpinion && (
          <Choices
            legend={words.label}
            names={opinions}
            chosen={answer}
            wordOf={(name) => (name === 'useful' ? words.useful : words.notUseful)}
            onChoose={(name) => setAnswer(name)}
          />
        )}
        {answer === 'snooze' && (
          <>
            <Choices
              legend={words.until}
              names={spans}
              chosen={span}
              wordOf={(name) => words[name]}
              onChoose={(name) => setSpan(name)}
            />
            {span === 'date' && (
              <TextInput
                type="date"
                label={words.dateField}
                min={fieldOfTime(openedAt + dayMs).slice(0, 10)}
                max={fieldOfTime(openedAt + yearMs).slice(0, 10)}
                value={day}
                error={tried && isDayMissing ? words.dateMissing : undefined}
                onChange={({ currentTarget: { value } }) => setDay(value)}
              />
            )}
          </>
        )}
        <Textarea
          label={words.noteField}
          description={words.noteText}
          rows={3}
          maxLength={4_096}
          value={note}
          {...(answer === 'done' ? { 'data-autofocus': true } : {})}
          onChange={({ currentTarget: { value } }) => setNote(value)}
        />
        <p className="muted">{words.texts[answer]}</p>
        <OwnName once />
        {act.isError && <Refusal error={act.error} nameOf={fieldName} />}
        <ChangedNotice changes={changes} />
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

/** ms since 1970; undefined where no day to come within a year is chosen. */
export function untilOf(span: Span, day: string, now: number): number | undefined {
  if (span === 'day') return now + dayMs;
  if (span === 'week') return now + 7 * dayMs;
  const time = new Date(`${day}T00:00`).getTime();
  return time > now && time <= now + yearMs ? time : undefined;
}

interface ChoicesProps<Name extends string> {
  legend: string;
  names: readonly Name[];
  chosen: string;
  wordOf(name: Name): string;
  onChoose(name: Name): void;
}

function Choices<Name extends string>(props: ChoicesProps<Name>) {
  const { legend, names, chosen, wordOf, onChoose } = props;
  const group = useId();
  return (
    <fieldset className="choices inline">
      <legend className="field-label">{legend}</legend>
      {names.map((name) => (
        <label key={name} className="choice">
          <input
            type="radio"
            name={group}
            checked={name === chosen}
            onChange={() => onChoose(name)}
            {...(name === chosen ? { 'data-autofocus': true } : {})}
          />
          <span>{wordOf(name)}</span>
        </label>
      ))}
    </fieldset>
  );
}
