/** Who did what and who looked at whom: found, checked, and taken away as a file. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { StoredAuditEntry } from '../../contracts/auditApi.ts';
import { windowOf } from '../data/range.ts';
import { engineNow } from '../data/session.ts';
import { useView } from '../data/useView.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { LongText } from '../parts/LongText.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { settings, audit as words } from '../words/settings.ts';
import { AuditCheckCard } from './AuditCheckCard.tsx';
import { type AuditFilter, auditExportPath, auditQuery } from './queries.ts';

export function AuditSection() {
  const { search, change } = useView();
  const { range, back, from, to } = search;
  // Time goes on; the view stays the same until the range is changed.
  const viewKey = [range, back, from, to].join(' ');
  const [opened, setOpened] = useState({ viewKey, now: engineNow() });
  if (opened.viewKey !== viewKey) setOpened({ viewKey, now: engineNow() });
  const window = range === 'all' ? undefined : windowOf(search, { from: 0, to: opened.now + 1 });
  const filter: AuditFilter = {
    ...{ who: search.who, kind: search.entryKind, subject: search.subject },
    ...(window === undefined ? {} : { from: Math.floor(window.from), to: Math.ceil(window.to) }),
  };
  return (
    <>
      <Headline page={settings.page} tone="good">
        {words.headline}
      </Headline>
      <Section title={words.title} text={words.text}>
        <Filters
          key={`${search.who} ${search.subject}`}
          filter={filter}
          onChange={(part) => {
            setOpened({ viewKey, now: engineNow() });
            change(part);
          }}
        />
        <Entries filter={filter} />
      </Section>
      <Section title={words.checkTitle} text={words.checkText}>
        <AuditCheckCard />
      </Section>
      <Section title={words.exportTitle} text={words.exportText}>
        <div className="card actions">
          {(['ndjson', 'csv'] as const).map((format) => (
            <a
              key={format}
              className="button"
              href={auditExportPath(filter, format)}
              download={`audit.${format}`}
            >
              {words[format]}
            </a>
          ))}
        </div>
      </Section>
    </>
  );
}

interface FiltersProps {
  filter: AuditFilter;
  onChange(part: {
    who?: string | undefined;
    subject?: string | undefined;
    entryKind?: StoredAuditEntry['kind'] | undefined;
  }): void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const [who, setWho] = useState(filter.who ?? '');
  const [subject, setSubject] = useState(filter.subject ?? '');
  const textOf = (value: string) => (value.trim() === '' ? undefined : value.trim());
  function submit(event: FormEvent): void {
    event.preventDefault();
    onChange({ who: textOf(who), subject: textOf(subject) });
  }
  const isFiltered = [filter.who, filter.subject, filter.kind].some((each) => each !== undefined);
  return (
    <form className="audit-filters" onSubmit={submit}>
      <TextInput
        label={words.who}
        maxLength={256}
        value={who}
        onChange={({ currentTarget }) => setWho(currentTarget.value)}
      />
      <TextInput
        label={words.subject}
        maxLength={256}
        value={subject}
        onChange={({ currentTarget }) => setSubject(currentTarget.value)}
      />
      <NativeSelect
        label={words.kind}
        data={[
          { value: '', label: words.anyKind },
          ...Object.entries(words.kinds).map(([value, label]) => ({ value, label })),
        ]}
        value={filter.kind ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({
            ...{ who: textOf(who), subject: textOf(subject) },
            entryKind: value === '' ? undefined : (value as StoredAuditEntry['kind']),
          })
        }
      />
      <div className="actions">
        <button type="submit" className="button primary">
          {words.show}
        </button>
        {isFiltered && (
          <button
            type="button"
            className="button"
            onClick={() => onChange({ who: undefined, subject: undefined, entryKind: undefined })}
          >
            {words.clear}
          </button>
        )}
      </div>
    </form>
  );
}

function Entries({ filter }: { filter: AuditFilter }) {
  const answer = useInfiniteQuery(auditQuery(filter));
  if (answer.data === undefined) return <Waiting answers={[answer]} height={320} />;
  const entries = answer.data.pages.flatMap((page) => page.entries);
  return (
    <div className="card flush">
      {entries.length === 0 ? (
        <Empty title={words.none}>
          <p className="muted">{words.noneText}</p>
        </Empty>
      ) : (
        <DataTable
          label={words.title}
          columns={columns}
          rows={entries}
          keyOf={({ chain, number }) => `${chain} ${number}`}
        />
      )}
      {answer.isFetchNextPageError && (
        <Problem error={answer.error} onRetry={() => void answer.fetchNextPage()} />
      )}
      {answer.hasNextPage && (
        <button
          type="button"
          className="button show-more"
          disabled={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {answer.isFetchingNextPage ? words.loading : words.more}
        </button>
      )}
    </div>
  );
}

const columns: readonly Column<StoredAuditEntry>[] = [
  {
    label: words.columns.at,
    cell: ({ at }) => (
      <time className="nowrap" dateTime={new Date(at).toISOString()}>
        {formatInstant(at)}
      </time>
    ),
  },
  {
    label: words.columns.who,
    head: true,
    cell: ({ principal: { kind, name } }) => (
      <span className="wide-cell">
        {name}
        {kind === 'key' && <span className="muted"> ({words.key})</span>}
      </span>
    ),
  },
  { label: words.columns.kind, minor: true, cell: ({ kind }) => words.oneKind[kind] },
  { label: words.columns.act, cell: ({ act }) => <code>{act}</code> },
  { label: words.columns.subject, cell: ({ subject }) => <LongText text={subject} most={80} /> },
  {
    label: words.columns.status,
    cell: ({ status }) =>
      status === 0 ? (
        <StateWord tone="none">{words.begun}</StateWord>
      ) : status < 400 ? (
        <StateWord tone="good">{words.done}</StateWord>
      ) : (
        <StateWord tone={status < 500 ? 'attention' : 'bad'}>
          {status < 500 ? words.refused(status) : words.failed(status)}
        </StateWord>
      ),
  },
  {
    label: words.columns.reason,
    minor: true,
    cell: ({ reason }) => <LongText text={reason} most={200} />,
  },
];
