/** A range by its first and last instant, in the zone of this computer. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import '../definitions/definitions.css';
import { type RangeSearch, spansMs } from '../data/range.ts';
import { fieldOfTime, localZone, timeOfField } from '../format/times.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { dates as words } from '../words/dates.ts';

interface Props {
  search: RangeSearch;
  onChoose(range: { readonly from: number; readonly to: number }): void;
  onClose(): void;
}

export function DatesDialog({ search, onChoose, onClose }: Props) {
  const [begin, setBegin] = useState(() => fieldOfTime(search.from ?? Date.now() - spansMs['24h']));
  const [end, setEnd] = useState(() => fieldOfTime(search.to ?? Date.now()));
  const [isTried, setTried] = useState(false);
  const [from, to] = [timeOfField(begin), timeOfField(end)];
  const missing = (time: number | undefined) => (time === undefined ? words.missing : undefined);
  const order = from !== undefined && to !== undefined && to <= from ? words.order : undefined;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (from === undefined || to === undefined || order !== undefined) return;
          onChoose({ from, to });
          onClose();
        }}
      >
        <div className="dates-fields">
          <TextInput
            type="datetime-local"
            label={words.from}
            value={begin}
            data-autofocus
            error={isTried && missing(from)}
            onChange={(event) => setBegin(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={words.to}
            value={end}
            error={isTried && (missing(to) ?? order)}
            onChange={(event) => setEnd(event.currentTarget.value)}
          />
        </div>
        <p className="muted dates-zone">{words.zone(localZone)}</p>
        <div className="actions">
          <button type="submit" className="button primary">
            {words.show}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
