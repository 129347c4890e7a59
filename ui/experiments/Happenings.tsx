/** What happened to an experiment and besides, as numbered in its chart; what the engine cannot know is noted here. */

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Annotation } from '../../contracts/experiment.ts';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { Refusal } from '../definitions/Refusal.tsx';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { useOwnHappenings } from '../happenings/HappeningsProvider.tsx';
import { RemoveIcon } from '../parts/Icons.tsx';
import { Needs } from '../parts/Needs.tsx';
import { fieldName, notes as words } from '../words/experiments.ts';
import { happeningsOf } from './happenings.ts';
import { NoteForm } from './NoteForm.tsx';
import { annotate, removeAnnotation } from './queries.ts';

/** Its own history is what the page is for. */
const unfoldedMax = 12;

interface Props {
  detail: ExperimentDetail;
  /** Whether a chart stands above, in which they have their numbers. */
  charted: boolean;
}

export function Happenings({ detail, charted }: Props) {
  const { key } = detail.experiment;
  const own = useMemo(
    () => ({ happenings: happeningsOf(detail), kind: 'experiment', subject: key }) as const,
    [detail, key],
  );
  useOwnHappenings(own);
  const [writing, setWriting] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const removal = useRemoval(key);
  const wasWriting = useRef(false);
  // Back to where it was opened, and nowhere when the page comes.
  useEffect(() => {
    if (wasWriting.current && !writing) opener.current?.focus();
    wasWriting.current = writing;
  }, [writing]);
  return (
    <div className="happened">
      {own.happenings.length === 0 && <p className="muted">{words.none}</p>}
      <HappenedList
        title={charted ? words.numbered : words.title}
        unfoldedMax={unfoldedMax}
        besides={({ at, sentence }) => {
          const { note } =
            own.happenings.find((each) => each.at === at && each.sentence === sentence) ?? {};
          if (note === undefined) return null;
          return (
            <Needs>
              <button
                type="button"
                className="remove-note"
                aria-label={words.remove(note.text)}
                title={words.remove(note.text)}
                disabled={removal.isPending}
                onClick={() => removal.remove(note)}
              >
                <RemoveIcon />
              </button>
            </Needs>
          );
        }}
      />
      {removal.error !== null && <Refusal error={removal.error} nameOf={fieldName} />}
      <div role="status">
        {removal.removed !== undefined && (
          <div className="undo">
            <span>{words.removed(removal.removed.text)}</span>
            <Needs>
              <button type="button" className="button small" onClick={removal.undo}>
                {words.undo}
              </button>
            </Needs>
          </div>
        )}
      </div>
      {writing ? (
        <NoteForm experiment={key} onClose={() => setWriting(false)} />
      ) : (
        <Needs>
          <button
            type="button"
            className="button small"
            ref={opener}
            onClick={() => setWriting(true)}
          >
            {words.add}
          </button>
        </Needs>
      )}
    </div>
  );
}

/** Takes a note away, and brings the last one back. */
function useRemoval(key: string) {
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<Annotation>();
  const settle = () => queries.invalidateQueries({ queryKey: ['experiments', 'one', key] });
  const removing = useMutation({
    mutationFn: (note: Annotation) => removeAnnotation(key, note),
    onSuccess: (_, note) => setRemoved(note),
    onSettled: settle,
  });
  const returning = useMutation({
    mutationFn: (note: Annotation) => annotate(key, note),
    onSuccess: () => setRemoved(undefined),
    onSettled: settle,
  });
  return {
    removed,
    isPending: removing.isPending || returning.isPending,
    error: removing.error ?? returning.error,
    remove: removing.mutate,
    undo() {
      if (removed !== undefined) returning.mutate(removed);
    },
  };
}
