/** One change of the draft: a new place, another name, another place around it. */
import { TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { PlaceLevel, PlaceNode, PlaceRef } from '../../../contracts/place.ts';
import { placeLevels, placeNameMax } from '../../data/place.ts';
import { placePaths } from '../../data/placePaths.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { PlaceField } from '../../parts/PlaceField.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';
import { isSame, type PlaceEdit } from './placeEdits.ts';

export type PlaceAct =
  /** undefined: an institution. */
  | { readonly kind: 'add'; readonly parent: PlaceRef | undefined }
  | { readonly kind: 'rename'; readonly place: PlaceRef }
  /** `put`: one that is not registered yet. */
  | { readonly kind: 'move' | 'put'; readonly place: PlaceRef };

interface Props {
  act: PlaceAct;
  places: readonly PlaceNode[];
  onEdit(edit: PlaceEdit): void;
  onClose(): void;
}

export function PlaceActDialog(props: Props) {
  const { act } = props;
  if (act.kind === 'add') return <AddDialog {...props} parent={act.parent} />;
  if (act.kind === 'rename') return <RenameDialog {...props} place={act.place} />;
  return <MoveDialog {...props} place={act.place} isNew={act.kind === 'put'} />;
}

function AddDialog({ parent, places, onEdit, onClose }: Props & { parent: PlaceRef | undefined }) {
  const [name, setName] = useState('');
  const level =
    parent === undefined ? 'institution' : placeLevels[placeLevels.indexOf(parent.level) + 1]!;
  const place = { level, name: name.trim() };
  const wrong = wrongName(place, places);
  return (
    <ActDialog
      title={words.addTitle(words.levels[level])}
      confirm={words.addConfirm}
      isReady={place.name !== '' && wrong === undefined}
      onConfirm={() => onEdit({ kind: 'add', place: { ...place, parent: parent?.name ?? null } })}
      onClose={onClose}
    >
      <NameField value={name} wrong={wrong} onChange={setName} />
      {level === 'course' && <p className="muted">{words.courseNote}</p>}
    </ActDialog>
  );
}

function RenameDialog({ place, places, onEdit, onClose }: Props & { place: PlaceRef }) {
  const [name, setName] = useState(place.name);
  const next = { level: place.level, name: name.trim() };
  const isOther = next.name !== place.name;
  const wrong = isOther ? wrongName(next, places) : undefined;
  return (
    <ActDialog
      title={words.renameTitle(place.name)}
      confirm={words.renameConfirm}
      isReady={next.name !== '' && isOther && wrong === undefined}
      onConfirm={() => onEdit({ kind: 'rename', place, name: next.name })}
      onClose={onClose}
    >
      <NameField value={name} wrong={wrong} onChange={setName} />
      <p className="notice attention">{words.renameNote}</p>
      {place.level === 'course' && <p className="muted">{words.courseNote}</p>}
    </ActDialog>
  );
}

type MoveProps = Props & { place: PlaceRef; isNew: boolean };

function MoveDialog({ place, isNew, places, onEdit, onClose }: MoveProps) {
  const [parent, setParent] = useState<PlaceRef | null>(null);
  const above = placeLevels[placeLevels.indexOf(place.level) - 1];
  const paths = placePaths(places, ({ level }) => level === above);
  return (
    <ActDialog
      title={isNew ? words.putTitle(place.name) : words.moveTitle(place.name)}
      confirm={isNew ? words.putConfirm : words.moveConfirm}
      isReady={parent !== null}
      onConfirm={() => {
        if (parent === null) return;
        onEdit(
          isNew
            ? { kind: 'add', place: { ...place, parent: parent.name } }
            : { kind: 'move', place, parent: parent.name },
        );
      }}
      onClose={onClose}
    >
      {paths.size === 0 ? (
        <p className="notice">{words.noProgramme}</p>
      ) : (
        <PlaceField
          label={isNew ? words.programme : words.moveTo}
          paths={paths}
          value={parent}
          onChange={setParent}
          focused
        />
      )}
    </ActDialog>
  );
}

function wrongName(place: PlaceRef, places: readonly PlaceNode[]): string | undefined {
  if (place.name.length > placeNameMax) return words.nameLong;
  if (places.some((each) => isSame(each, place))) return words.nameTaken(levelWord(place.level));
  return undefined;
}

function levelWord(level: PlaceLevel): string {
  return words.levels[level];
}

interface NameProps {
  value: string;
  wrong: string | undefined;
  onChange(value: string): void;
}

function NameField({ value, wrong, onChange }: NameProps) {
  return (
    <TextInput
      label={words.name}
      data-autofocus
      autoComplete="off"
      maxLength={placeNameMax}
      value={value}
      error={wrong}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

interface ActProps {
  title: string;
  confirm: string;
  isReady: boolean;
  onConfirm(): void;
  onClose(): void;
  children: ReactNode;
}

function ActDialog({ title, confirm, isReady, onConfirm, onClose, children }: ActProps) {
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isReady) return;
    onConfirm();
    onClose();
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        {children}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary" disabled={!isReady}>
            {confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
