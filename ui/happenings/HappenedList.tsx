/** What happened, as numbered in the charts of the page: which kinds are shown, the list, and days that were unlike others. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type HappeningKind, keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { formatDate, formatInstant } from '../format/times.ts';
import { usePageHappened } from './HappeningsProvider.tsx';
import type { HappenedItem } from './happened.ts';
import './happenings.css';
import { kindWords, happened as words } from '../words/happenings.ts';

interface Props {
  title?: string;
  /** More are folded away. */
  unfoldedMax?: number;
  /** What stands behind an entry, such as a button that takes it away. */
  besides?(item: HappenedItem): ReactNode;
}

export function HappenedList({ title = words.title, unfoldedMax = 4, besides }: Props) {
  const { happened } = usePageHappened();
  const { items, days, counts } = happened;
  if (counts.size === 0 && items.length === 0) return null;
  return (
    <section className="happened-list" aria-label={title}>
      <KindSwitches counts={counts} />
      {items.length === 0 && days.length === 0 && <p className="muted">{words.none}</p>}
      {items.length > 0 && (
        <details open={items.length <= unfoldedMax || undefined}>
          <summary>{words.summary(items.length)}</summary>
          <ol className="happenings">
            {items.map((item) => (
              <Entry key={item.number} item={item} besides={besides?.(item)} />
            ))}
          </ol>
        </details>
      )}
      {days.length > 0 && (
        <ul className="happened-days" aria-label={words.days}>
          {days.map(({ at, until, sentence, subject }) => (
            <li key={`${subject} ${at}`}>
              <span className="day-swatch" aria-hidden="true" />
              {sentence}{' '}
              <span className="muted">
                {formatDate(at)}
                {until !== null && until - at > 86_400_000 && ` – ${formatDate(until - 1)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ item, besides }: { item: HappenedItem; besides: ReactNode }) {
  const { at, number, sentence, actor, kind, subject } = item;
  return (
    <li data-kind={kind ?? 'own'}>
      <span className="flag" aria-hidden="true">
        {number}
      </span>
      <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
      <span>
        {kind !== undefined && <span className="muted">{kindWords[kind]}: </span>}
        <Told kind={kind} subject={subject}>
          {sentence}
        </Told>
        {actor !== undefined && <span className="muted"> ({actor})</span>}
        {besides}
      </span>
    </li>
  );
}

/** With the way to what it is about, where that has a page. */
function Told({
  kind,
  subject,
  children,
}: {
  kind: HappeningKind | undefined;
  subject: string;
  children: string;
}) {
  if (kind === 'alert') {
    return (
      <Link to="/anomalies/$id" params={{ id: subject }} search={keepView}>
        {children}
      </Link>
    );
  }
  if (kind === 'experiment') {
    return (
      <Link to="/experiments/$key" params={{ key: subject }} search={keepView}>
        {children}
      </Link>
    );
  }
  if (kind === 'policy') {
    return (
      <Link to="/personalization/$key" params={{ key: subject }} search={keepView}>
        {children}
      </Link>
    );
  }
  return children;
}

/** In the address, so that who follows a link sees the same. */
function KindSwitches({ counts }: { counts: ReadonlyMap<HappeningKind, number> }) {
  const { search, change } = useView();
  const hidden = search.hide ?? [];
  if (counts.size === 0) return null;
  const toggle = (kind: HappeningKind) => {
    const next = hidden.includes(kind) ? hidden.filter((each) => each !== kind) : [...hidden, kind];
    change({ hide: next.length === 0 ? undefined : next });
  };
  return (
    <fieldset className="kind-switches">
      <legend>{words.shown}</legend>
      {[...counts].map(([kind, count]) => (
        <label key={kind}>
          <input type="checkbox" checked={!hidden.includes(kind)} onChange={() => toggle(kind)} />
          {words.kind(kindWords[kind], count)}
        </label>
      ))}
    </fieldset>
  );
}
