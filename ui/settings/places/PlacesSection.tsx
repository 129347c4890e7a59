/** Which institutions, programmes and courses there are: changed as a draft, seen before it is saved, and taken back after. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type PlaceNode, type PlaceRef, placeProblems } from '../../../contracts/place.ts';
import type { PlacesAnswer } from '../../../contracts/placeApi.ts';
import { placesQuery, registryQuery } from '../../data/places.ts';
import { storeDraft, storedDraft } from '../../definitions/draftStore.ts';
import { type Undoable, UndoBar } from '../../definitions/UndoBar.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Headline } from '../../parts/Headline.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';
import { settings } from '../../words/settings.ts';
import { changePlaces } from '../queries.ts';
import { DraftBar } from './DraftBar.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { type PlaceAct, PlaceActDialog } from './PlaceActDialog.tsx';
import './places.css';
import { PlacesTree } from './PlacesTree.tsx';
import { edited, type PlaceEdit } from './placeEdits.ts';
import { SavePlacesDialog } from './SavePlacesDialog.tsx';
import { UnplacedTable } from './UnplacedTable.tsx';

type Asked = PlaceAct | { readonly kind: 'import' } | { readonly kind: 'save' };

/** Under which what is not saved yet survives a reload. */
const draftId = 'places';
const noEdits: { readonly edits: readonly PlaceEdit[] } = { edits: [] };

export function PlacesSection() {
  const answer = useQuery(registryQuery);
  if (answer.data === undefined) {
    return (
      <>
        <Headline page={settings.page} tone="none">
          {words.waiting}
        </Headline>
        <Waiting answers={[answer]} height={320} />
      </>
    );
  }
  return <Places answer={answer.data} />;
}

function Places({ answer }: { answer: PlacesAnswer }) {
  const queries = useQueryClient();
  const [edits, setEdits] = useState(() => storedDraft(draftId, noEdits)?.edits ?? noEdits.edits);
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Undoable>();
  useEffect(() => storeDraft(draftId, edits.length === 0 ? undefined : { edits }), [edits]);
  const places = useMemo(() => edited(answer.places, edits), [answer.places, edits]);
  const problems = useMemo(() => placeProblems(places), [places]);
  const isOpen = answer.mine === 'everywhere';
  const edit = (next: PlaceEdit) => {
    setEdits([...edits, next]);
    setDone(undefined);
  };
  const unplaced = answer.unplaced.filter(
    ({ course }) => !places.some(({ level, name }) => level === 'course' && name === course),
  );

  /** Refused when somebody has changed them since: that is not to be taken back by the way. */
  const undo = (before: readonly PlaceNode[], revision: number) => () =>
    changePlaces({ revision, places: [...before], reason: words.undone });

  return (
    <>
      <Headline page={settings.page} tone={places.length === 0 ? 'none' : 'good'}>
        {sentenceOf(answer.places)}
      </Headline>
      <Section title={words.title} text={words.text} tools={isOpen && <Tools onAsk={setAsked} />}>
        {!isOpen && <p className="notice">{words.confined}</p>}
        <DraftBar
          before={answer.places}
          after={places}
          edits={edits.length}
          problems={problems}
          onBack={() => setEdits(edits.slice(0, -1))}
          onDiscard={() => setEdits([])}
          onSave={() => setAsked({ kind: 'save' })}
        />
        <div className="card flush">
          {places.length === 0 ? (
            <Empty title={words.none}>
              <p className="muted">{words.noneText}</p>
            </Empty>
          ) : (
            <PlacesTree
              places={places}
              mayChange={isOpen}
              onAsk={(act) => (act.kind === 'remove' ? edit(act) : setAsked(act))}
            />
          )}
        </div>
      </Section>
      {isOpen && (
        <UnplacedTable
          unplaced={unplaced}
          onPut={(course) => setAsked({ kind: 'put', place: courseOf(course) })}
        />
      )}
      {asked !== undefined && asked.kind !== 'import' && asked.kind !== 'save' && (
        <PlaceActDialog
          act={asked}
          places={places}
          onEdit={edit}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.kind === 'import' && (
        <ImportDialog places={places} onEdit={edit} onClose={() => setAsked(undefined)} />
      )}
      {asked?.kind === 'save' && (
        <SavePlacesDialog
          answer={answer}
          places={places}
          problems={problems}
          onSaved={(saved, count) => {
            queries.setQueryData(registryQuery.queryKey, saved);
            queries.setQueryData(placesQuery.queryKey, saved);
            setEdits([]);
            setDone({ sentence: words.saved(count), undo: undo(answer.places, saved.revision) });
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      <UndoBar
        done={done}
        onDone={setDone}
        needs="administer"
        queryKeys={['places', 'belongings']}
        nameOf={(field) => words.fields[field]}
      />
    </>
  );
}

function Tools({ onAsk }: { onAsk(asked: Asked): void }) {
  return (
    <div className="actions">
      <Needs permission="administer">
        <button type="button" className="button" onClick={() => onAsk({ kind: 'import' })}>
          {words.take}
        </button>
      </Needs>
      <Needs permission="administer">
        <button
          type="button"
          className="button primary"
          onClick={() => onAsk({ kind: 'add', parent: undefined })}
        >
          {words.add}
        </button>
      </Needs>
    </div>
  );
}

function sentenceOf(places: readonly PlaceNode[]): string {
  if (places.length === 0) return words.headlineNone;
  const count = (wanted: PlaceRef['level']) =>
    places.filter(({ level }) => level === wanted).length;
  return words.headline(count('institution'), count('programme'), count('course'));
}

function courseOf(name: string): PlaceRef {
  return { level: 'course', name };
}
