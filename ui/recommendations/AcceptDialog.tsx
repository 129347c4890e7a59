/**
 * Does what a card says: shows what will be so then and who may do it, asks for the reason where one is taken, and says what
 * came of it. Of what is done on a page it notes that it was done.
 */

import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Card, InsightAction } from '../../contracts/insight.ts';
import { ApiProblem } from '../data/client.ts';
import { ReasonField } from '../definitions/ReasonField.tsx';
import { Refusal } from '../definitions/Refusal.tsx';
import { cut } from '../format/cut.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { LongText } from '../parts/LongText.tsx';
import { Needs } from '../parts/Needs.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { fieldName, acceptance as words } from '../words/recommendations.ts';
import { acceptHelp } from './acceptHelp.ts';
import { ChangedNotice } from './ChangedNotice.tsx';
import { JudgedWords } from './JudgedWords.tsx';
import { acceptInsight, insightQuery } from './queries.ts';
import { whatChanged } from './whatChanged.ts';

interface Props {
  card: Card;
  /** Kind of the finding whose action it is. */
  kind: string;
  onClose(): void;
}

const titleMax = 100;
const subjectMax = 400;

export function AcceptDialog({ card: read, kind, onClose }: Props) {
  const [card, setCard] = useState(read);
  const [changes, setChanges] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const finding = [card.finding, ...card.others].find((each) => each.kind === kind);
  const action = finding?.action ?? null;
  const isOnPage = action?.request === null;
  const needsReason = (action?.request?.reasonField ?? '') !== '';
  const act = useMutation({
    mutationFn: () =>
      acceptInsight(card.id, { kind, reason: reason.trim(), revision: card.revision }),
    onError: async (error) => {
      if (!(error instanceof ApiProblem && error.status === 409)) return;
      // The route of the button answers so as well: then the card is the same.
      const newest = await queries
        .fetchQuery({ ...insightQuery(card.id), staleTime: 0 })
        .catch(() => undefined);
      if (newest === undefined || newest.card.revision === card.revision) return;
      setChanges(whatChanged(card, newest.card));
      setCard(newest.card);
    },
    // What it did may be shown on any page.
    onSettled: () => queries.invalidateQueries(),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (action !== null && (!needsReason || reason.trim() !== '')) act.mutate();
  }

  if (act.isSuccess && action !== null) {
    const label = cut(action.label, titleMax);
    return (
      <Dialog
        title={isOnPage ? words.notedTitle(label) : words.doneTitle(label)}
        size="lg"
        onClose={onClose}
      >
        <Done card={act.data.card} action={action} isOnPage={isOnPage} onClose={onClose} />
      </Dialog>
    );
  }
  const title = action === null || isOnPage ? words.noteTitle : cut(`${action.label}?`, titleMax);
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <p className="dialog-subject">
          {cut(finding?.changed ?? card.finding.changed, subjectMax)}
        </p>
        {action === null ? (
          <p className="notice attention">{words.gone}</p>
        ) : (
          <>
            <div>
              <p className="field-label">{words.consequence}</p>
              <p>
                <LongText text={isOnPage ? words.noteConsequence : action.consequence} />
              </p>
            </div>
            {needsReason && (
              <ReasonField value={reason} onChange={setReason} tried={tried} focused />
            )}
            {isOnPage && (
              <Textarea
                label={words.noted}
                description={words.notedText}
                data-autofocus
                rows={3}
                maxLength={4_096}
                value={reason}
                onChange={({ currentTarget: { value } }) => setReason(value)}
              />
            )}
            <p className="muted">{words.needs[action.needs]}</p>
            <OwnName once />
          </>
        )}
        {act.isError && changes.length === 0 && (
          <>
            <Refusal error={act.error} nameOf={fieldName} />
            <p>
              {acceptHelp(act.error)}{' '}
              {action !== null && <PageLink to={action.page}>{words.lookThere}</PageLink>}
            </p>
          </>
        )}
        {!act.isPending && <ChangedNotice changes={changes} />}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          {action !== null && (
            <Needs>
              <button type="submit" className="button primary long" disabled={act.isPending}>
                {act.isPending
                  ? words.pending
                  : isOnPage
                    ? words.confirmNote
                    : cut(action.label, titleMax)}
              </button>
            </Needs>
          )}
        </div>
      </form>
    </Dialog>
  );
}

interface DoneProps {
  card: Card;
  action: InsightAction;
  isOnPage: boolean;
  onClose(): void;
}

/** What came of it, where to see it, and how it is taken back. */
function Done({ card, action, isOnPage, onClose }: DoneProps) {
  const close = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone: the focus must not be lost.
  useEffect(() => close.current?.focus(), []);
  return (
    <div className="dialog-form" role="status">
      {!isOnPage && (
        <p>
          <StateWord tone="good">
            <LongText text={action.consequence} />
          </StateWord>
        </p>
      )}
      <JudgedWords card={card} />
      {action.undo.trim() !== '' && (
        <div>
          <p className="field-label">{words.undo}</p>
          <p>
            <LongText text={action.undo} />
          </p>
        </div>
      )}
      <div className="actions">
        <PageLink
          to={`/recommendations/${encodeURIComponent(card.id)}`}
          className="button"
          onOpen={onClose}
        >
          {words.seeCard}
        </PageLink>
        <PageLink to={action.page} className="button" onOpen={onClose}>
          {words.see}
        </PageLink>
        <button ref={close} type="button" className="button primary" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </div>
  );
}
