/** The events behind a number, beside the page: what is counted, the events, and each as it came. */
import { Modal } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BehindAnswer, BehindEvent } from '../../contracts/eventsBehind.ts';
import { getJson } from '../data/client.ts';
import { type BehindSearch, keepView } from '../data/search.ts';
import { useMay } from '../data/useMay.ts';
import { useView } from '../data/useView.ts';
import { formatValue, formatWhole } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useFocusBack } from '../parts/useFocusBack.ts';
import { countedWords, words } from '../words/events.ts';
import { messages } from '../words/shell.ts';
import './behind.css';

const limit = 50;

export function BehindDrawer({ asked }: { asked: BehindSearch }) {
  const { change } = useView();
  const clipboard = useClipboard({ timeout: 2_000 });
  const may = useMay('people');
  useFocusBack();
  return (
    <Modal.Root
      opened
      onClose={() => change({ behind: undefined })}
      size="xl"
      transitionProps={{ duration: 0 }}
      classNames={{ inner: 'behind-inner', content: 'behind-content' }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title>{words.title}</Modal.Title>
          <Modal.CloseButton aria-label={messages.close} />
        </div>
        <Modal.Body>
          {may ? (
            <Events key={JSON.stringify(asked)} asked={asked} />
          ) : (
            <NotAllowed permission="people" />
          )}
          <p className="behind-foot">
            <button
              type="button"
              className="button small"
              onClick={() => clipboard.copy(location.href)}
            >
              {clipboard.copied ? words.copied : words.link}
            </button>
          </p>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Events({ asked }: { asked: BehindSearch }) {
  /** Where each page but the first begins. */
  const [afters, setAfters] = useState<readonly string[]>([]);
  const questionAt = (after: string | undefined) => ({
    queryKey: ['behind', asked, after],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<BehindAnswer>('/v1/events/behind', { ...asked, limit, after }, signal),
    placeholderData: keepPreviousData,
    // Each answer is written down as a view of single people.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = useQuery(questionAt(undefined));
  const page = useQuery(questionAt(afters.at(-1)));
  const { data } = page;
  if (page.isError) {
    return (
      <>
        <p>{words.subject(asked, formatValue)}</p>
        <Problem error={page.error} onRetry={() => void page.refetch()} />
      </>
    );
  }
  if (data === undefined) {
    return (
      <>
        <p>{words.subject(asked, formatValue)}</p>
        <p className="muted" role="status">
          {words.loading}
        </p>
      </>
    );
  }
  return (
    <div aria-busy={page.isPlaceholderData}>
      <p>
        {words.subject(asked, formatValue)}{' '}
        {words.between(formatInstant(data.from), formatInstant(data.to))}
      </p>
      <Counts answer={first.data ?? data} />
      {data.events.length === 0 && data.next === null ? (
        <Empty title={words.none}>
          <p className="muted">{words.noneText}</p>
        </Empty>
      ) : (
        <DataTable label={words.table} columns={columns} rows={data.events} keyOf={placeOf} />
      )}
      <p className="behind-pages">
        {afters.length > 0 && (
          <button
            type="button"
            className="button small"
            onClick={() => setAfters(afters.slice(0, -1))}
          >
            {words.previous}
          </button>
        )}
        {data.next !== null && (
          <button
            type="button"
            className="button small"
            disabled={page.isPlaceholderData}
            onClick={() => setAfters([...afters, data.next!])}
          >
            {words.next}
          </button>
        )}
        <span className="muted" role="status">
          {words.page(afters.length + 1)}
        </span>
      </p>
    </div>
  );
}

function Counts({ answer: { counted, kept, late } }: { answer: BehindAnswer }) {
  const textOf = (value: number | null) => (value === null ? null : formatWhole(value));
  const gone = counted !== null && kept !== null ? counted - kept : 0;
  return (
    <p className="muted">
      {words.counts(textOf(counted), textOf(kept))}{' '}
      {gone > 0 && `${words.gone(formatWhole(gone), gone === 1)} `}
      {late !== null && late > 0 && `${words.late(formatWhole(late), late === 1)} `}
      {words.apart}
    </p>
  );
}

function placeOf({ partition, offset }: BehindEvent): string {
  return `${partition} ${offset}`;
}

const columns: Column<BehindEvent>[] = [
  {
    label: words.time,
    head: true,
    cell: ({ time }) => (
      <time className="nowrap" dateTime={new Date(time).toISOString()}>
        {formatInstant(time)}
      </time>
    ),
  },
  { label: words.type, cell: ({ type }) => type },
  {
    label: words.user,
    cell: ({ user }) => (
      <Link to="/personalization/users/$user" params={{ user }} search={keepView}>
        {user}
      </Link>
    ),
  },
  { label: words.item, minor: true, cell: ({ item }) => item ?? '' },
  {
    label: words.value,
    number: true,
    minor: true,
    cell: ({ value }) => (value === null ? '' : formatValue(value)),
    value: ({ value }) => value,
  },
  {
    label: words.counted,
    cell: ({ counted }) => countedWords(counted, formatValue, formatInstant, Date.now()),
  },
  {
    label: words.event,
    cell: ({ raw, type, time }) => (
      <details>
        <summary aria-label={words.jsonOf(type, formatInstant(time))}>{words.json}</summary>
        <pre className="behind-raw">{readable(raw)}</pre>
      </details>
    ),
    value: ({ raw }) => raw,
  },
];

function readable(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), undefined, 2);
  } catch {
    return raw;
  }
}
