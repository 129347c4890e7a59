/** Open sessions of one person: where somebody signed in, when, and when it was used last; each can be ended. */
import type { SessionsAnswer } from '../../contracts/accessApi.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { sessions as words } from '../words/settings.ts';

export type OpenSession = SessionsAnswer['sessions'][number];

interface Props {
  label: string;
  sessions: readonly OpenSession[];
  /** One is being ended. */
  isPending?: boolean;
  onEnd(session: OpenSession): void;
}

export function SessionsTable({ label, sessions, isPending = false, onEnd }: Props) {
  const now = useNow();
  const instant = (at: number) => (
    <time dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
      {formatAgo(at, now)}
    </time>
  );
  const columns: readonly Column<OpenSession>[] = [
    {
      label: words.columns.device,
      head: true,
      cell: (session) => (
        <span className="wide-cell">
          {deviceOf(session)}
          {session.isThis && <span className="muted"> ({words.isThis})</span>}
          <span className="cell-detail">{session.address || words.noAddress}</span>
        </span>
      ),
    },
    { label: words.columns.begun, minor: true, cell: ({ madeAt }) => instant(madeAt) },
    { label: words.columns.used, cell: ({ usedAt }) => instant(usedAt) },
    { label: words.columns.ends, minor: true, cell: ({ expiresAt }) => formatInstant(expiresAt) },
    {
      label: words.columns.end,
      cell: (session) =>
        session.isThis ? (
          <span className="muted">{words.signOut}</span>
        ) : (
          <button
            type="button"
            className="button small"
            aria-label={words.endOne(deviceOf(session))}
            disabled={isPending}
            onClick={() => onEnd(session)}
          >
            {words.end}
          </button>
        ),
    },
  ];
  return <DataTable label={label} columns={columns} rows={sessions} keyOf={({ id }) => id} />;
}

/** @example deviceOf({ ...session, browser: 'Firefox', system: 'Windows' }); // 'Firefox on Windows' */
export function deviceOf({ browser, system }: Pick<OpenSession, 'browser' | 'system'>): string {
  if (browser === '') return system === '' ? words.unknown : words.unknownOn(system);
  return system === '' ? browser : words.on(browser, system);
}
