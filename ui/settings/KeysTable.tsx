/** All keys, the newest first; those that are over as well. */
import type { ApiKey } from '../../contracts/accessApi.ts';
import { formatAgo, formatDate, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { LongText } from '../parts/LongText.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { permissions, keys as words } from '../words/settings.ts';
import { keyStanding } from './keyStanding.ts';
import { scopeWords } from './scopeWords.ts';

const tones = { inUse: 'good', expired: 'none', revoked: 'none' } as const;

interface Props {
  keys: readonly ApiKey[];
  onRevoke(key: ApiKey): void;
}

export function KeysTable({ keys, onRevoke }: Props) {
  const now = useNow();
  const columns: readonly Column<ApiKey>[] = [
    {
      label: words.columns.name,
      head: true,
      cell: ({ name, prefix }) => (
        <span className="wide-cell">
          {name}
          <code className="cell-detail">{prefix}…</code>
        </span>
      ),
    },
    {
      label: words.columns.may,
      minor: true,
      cell: (key) => key.permissions.map((each) => permissions[each]).join('; '),
    },
    {
      label: words.columns.places,
      minor: true,
      cell: ({ scope }) => <LongText text={scopeWords(scope)} most={120} />,
    },
    {
      label: words.columns.state,
      cell: (key) => {
        const standing = keyStanding(key, now);
        return (
          <span className="nowrap">
            <StateWord tone={tones[standing]}>{words[standing]}</StateWord>
          </span>
        );
      },
    },
    {
      label: words.columns.made,
      minor: true,
      cell: ({ madeAt, madeBy }) => (
        <>
          <span title={formatInstant(madeAt)}>{formatDate(madeAt)}</span>
          <span className="cell-detail">{words.by(madeBy)}</span>
        </>
      ),
    },
    {
      label: words.columns.expires,
      cell: ({ expiresAt }) => (expiresAt === null ? words.never : formatDate(expiresAt)),
    },
    {
      label: words.columns.used,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          words.never
        ) : (
          <span title={formatInstant(lastUsedAt)}>{formatAgo(lastUsedAt, now)}</span>
        ),
    },
    {
      label: words.columns.change,
      cell: (key) =>
        key.revokedAt === null && (
          <button
            type="button"
            className="button small"
            aria-label={words.revokeTitle(key.name)}
            onClick={() => onRevoke(key)}
          >
            {words.revoke}
          </button>
        ),
    },
  ];
  return <DataTable label={words.title} columns={columns} rows={keys} keyOf={({ id }) => id} />;
}
