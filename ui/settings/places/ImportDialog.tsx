/** Takes places from a file: what would change is shown before, and lines that cannot be taken are named. */
import { type ReactNode, useRef, useState } from 'react';
import type { PlaceNode } from '../../../contracts/place.ts';
import { formatCount } from '../../format/numbers.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';
import { ChangeList } from './ChangeList.tsx';
import { placeChanges } from './placeChanges.ts';
import { edited, type PlaceEdit } from './placeEdits.ts';
import { csvBytesMax, type PlacesRead, readPlacesCsv } from './readPlacesCsv.ts';

interface Props {
  places: readonly PlaceNode[];
  onEdit(edit: PlaceEdit): void;
  onClose(): void;
}

type Chosen = { readonly problem: string } | { readonly read: PlacesRead };

export function ImportDialog({ places, onEdit, onClose }: Props) {
  const [chosen, setChosen] = useState<Chosen>();
  const newest = useRef<File>(undefined);

  async function take(file: File | undefined): Promise<void> {
    newest.current = file;
    setChosen(undefined);
    if (file === undefined) return;
    const next = await readingOf(file);
    // Another may have been chosen meanwhile.
    if (newest.current === file) setChosen(next);
  }

  const read = chosen !== undefined && 'read' in chosen ? chosen.read : undefined;
  const edit = { kind: 'import', places: read?.places ?? [] } as const;
  const changes = placeChanges(places, edited(places, [edit]));
  const isReady = read !== undefined && read.mistakes.length === 0 && changes.length > 0;
  return (
    <Dialog title={words.importTitle} size="lg" onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady) return;
          onEdit(edit);
          onClose();
        }}
      >
        <p className="muted">{words.importText}</p>
        <label className="file-field">
          <span className="field-label">{words.file}</span>
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            data-autofocus
            onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
          />
        </label>
        <div aria-live="polite" className="stack">
          {chosen !== undefined && 'problem' in chosen && (
            <p className="notice bad">{chosen.problem}</p>
          )}
          {read !== undefined && (
            <Preview read={read} isSame={changes.length === 0}>
              <ChangeList changes={changes} />
            </Preview>
          )}
        </div>
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary" disabled={!isReady}>
            {words.importConfirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface PreviewProps {
  read: PlacesRead;
  /** Whether nothing would change. */
  isSame: boolean;
  children: ReactNode;
}

function Preview({ read: { places, mistakes }, isSame, children }: PreviewProps) {
  if (mistakes.length > 0) {
    return (
      <div className="notice bad">
        <p>{words.mistakes(mistakes.length)}</p>
        <ul className="consequences">
          {mistakes.map(({ line, kind, name }) => (
            <li key={line}>{words.mistake[kind](line, name)}</li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <>
      <p>{words.read(places.length)}</p>
      {isSame ? (
        <p className="notice">{words.importSame}</p>
      ) : (
        <div>
          <p className="field-label">{words.preview}</p>
          {children}
        </div>
      )}
    </>
  );
}

async function readingOf(file: File): Promise<Chosen> {
  if (file.size > csvBytesMax) {
    const megabytes = (bytes: number) => `${formatCount(bytes / 1e6)} MB`;
    return { problem: words.tooLarge(megabytes(file.size), megabytes(csvBytesMax)) };
  }
  try {
    return { read: readPlacesCsv(await file.text()) };
  } catch {
    // It was removed or changed on the disk.
    return { problem: words.unreadable };
  }
}
