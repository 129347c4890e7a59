/**
 * What is done with cards: answers at once or in a dialog, the button of a finding, and the way back.
 *
 * What is said at once is shown before the engine has taken it; when it does not, the card is as it was, and that is told.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Card, CardAnswer, Finding } from '../../contracts/insight.ts';
import type { InsightDetail, InsightsAnswer } from '../../contracts/insightApi.ts';
import { ApiProblem } from '../data/client.ts';
import { useWho } from '../data/useWho.ts';
import { type Undoable, UndoBar } from '../definitions/UndoBar.tsx';
import { cut } from '../format/cut.ts';
import { fieldName, answers as words } from '../words/recommendations.ts';
import { AcceptDialog } from './AcceptDialog.tsx';
import { AnswerDialog } from './AnswerDialog.tsx';
import { type AskedAnswer, answered, isVote, voteOf, withCard } from './answered.ts';
import { answerInsight, insightKeys, insightQuery } from './queries.ts';
import { whatChanged } from './whatChanged.ts';

/** Of one card, why its last answer was not taken. */
export interface Declined {
  readonly card: string;
  readonly sentence: string;
  /** What is another since it was read. */
  readonly changes: readonly string[];
}

export interface Desk {
  /** Id of the card that is on its way. */
  readonly pending: string | undefined;
  readonly declined: Declined | undefined;
  /** At once. */
  answer(card: Card, answer: CardAnswer): void;
  ask(card: Card, answer: AskedAnswer): void;
  accept(card: Card, finding: Finding): void;
}

/** Letters of a title in the line of what was just done. */
const titleMax = 90;

export function useDesk(): { readonly desk: Desk; readonly overlay: ReactNode } {
  const queries = useQueryClient();
  const who = useWho();
  const [asked, setAsked] = useState<{ card: Card; answer: AskedAnswer }>();
  const [accepting, setAccepting] = useState<{ card: Card; kind: string }>();
  const [done, setDone] = useState<Undoable>();
  const [declined, setDeclined] = useState<Declined>();
  const titleOf = (card: Card) => cut(card.finding.changed, titleMax);

  /** From whatever is newest by then. */
  const takenBack = (card: Card, answer: CardAnswer) => async () => {
    const { card: newest } = await queries.fetchQuery({ ...insightQuery(card.id), staleTime: 0 });
    return answerInsight(card.id, { answer, revision: newest.revision });
  };

  const told = (card: Card, answer: CardAnswer) => {
    // A vote is taken back by the one before; the first stays until there is another.
    const before = isVote(answer) ? voteOf(card, who) : 'back';
    const isUndoable = before !== undefined && before !== answer;
    setDone({
      sentence: words.said[answer](titleOf(card)),
      ...(isUndoable ? { undo: takenBack(card, before) } : {}),
    });
  };

  /** Without asking anew: what is said next has to name the revision that this one has. */
  const show = (card: Card) => {
    queries.setQueriesData<InsightsAnswer | InsightDetail>({ queryKey: insightKeys }, (data) =>
      withCard(data, card),
    );
  };

  const act = useMutation({
    mutationFn: ({ card, answer }: { card: Card; answer: CardAnswer }) =>
      answerInsight(card.id, { answer, revision: card.revision }),
    onMutate: async ({ card, answer }) => {
      setDeclined(undefined);
      await queries.cancelQueries({ queryKey: insightKeys });
      const before = queries.getQueriesData({ queryKey: insightKeys });
      show(answered(card, { actor: who, answer, at: Date.now() }));
      return { before };
    },
    onError: async (error, { card }, context) => {
      for (const [key, data] of context?.before ?? []) queries.setQueryData(key, data);
      setDone(undefined);
      setDeclined({
        card: card.id,
        sentence: `${words.failed} ${error.message}`,
        changes: await changesOf(card, error),
      });
    },
    onSuccess: (newest, { card, answer }) => {
      show(newest);
      told(card, answer);
    },
    // Not waited for: the card can be answered again before the list is read.
    onSettled: () => void queries.invalidateQueries({ queryKey: insightKeys }),
  });

  /** Of a card that somebody has changed meanwhile. */
  async function changesOf(card: Card, error: Error): Promise<readonly string[]> {
    if (!(error instanceof ApiProblem && error.status === 409)) return [];
    return queries.fetchQuery({ ...insightQuery(card.id), staleTime: 0 }).then(
      ({ card: newest }) => whatChanged(card, newest),
      () => [],
    );
  }

  const desk: Desk = {
    pending: act.isPending ? act.variables.card.id : undefined,
    declined,
    answer: (card, answer) => act.mutate({ card, answer }),
    ask: (card, answer) => setAsked({ card, answer }),
    accept: (card, { kind }) => setAccepting({ card, kind }),
  };
  const overlay = (
    <>
      <UndoBar done={done} onDone={setDone} queryKeys={insightKeys} nameOf={fieldName} />
      {asked !== undefined && (
        <AnswerDialog
          {...asked}
          onDone={(card, answer, newest) => {
            show(newest);
            told(card, answer);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {accepting !== undefined && (
        <AcceptDialog {...accepting} onClose={() => setAccepting(undefined)} />
      )}
    </>
  );
  return { desk, overlay };
}
