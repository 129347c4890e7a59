/** All accounts, by login, each with what can be done to it. */
import { Menu } from '@mantine/core';
import type { Account } from '../../contracts/accessApi.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { LongText } from '../parts/LongText.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { accounts as words } from '../words/settings.ts';
import { roles } from '../words/signin.ts';
import type { AccountAct } from './AccountDialogs.tsx';
import { scopeWords } from './scopeWords.ts';

interface Props {
  accounts: readonly Account[];
  /** Id of that of the reader. */
  own: string | undefined;
  onAsk(act: AccountAct, account: Account): void;
}

export function AccountsTable({ accounts, own, onAsk }: Props) {
  const now = useNow();
  const columns: readonly Column<Account>[] = [
    {
      label: words.columns.person,
      head: true,
      cell: ({ id, name, login, isActive }) => (
        <span className="wide-cell">
          {name}
          {id === own && <span className="muted"> ({words.you})</span>}
          <span className="cell-detail">
            {login}
            {!isActive && ` · ${words.off}`}
          </span>
        </span>
      ),
    },
    { label: words.columns.role, cell: ({ role }) => roles[role] },
    {
      label: words.columns.places,
      minor: true,
      cell: ({ scope }) => <LongText text={scopeWords(scope)} most={120} />,
    },
    {
      label: words.columns.state,
      minor: true,
      cell: ({ isActive }) => (
        <StateWord tone={isActive ? 'good' : 'none'}>
          {isActive ? words.active : words.off}
        </StateWord>
      ),
    },
    {
      label: words.columns.signedIn,
      minor: true,
      cell: ({ lastSignInAt }) =>
        lastSignInAt === null ? (
          words.never
        ) : (
          <time dateTime={new Date(lastSignInAt).toISOString()} title={formatInstant(lastSignInAt)}>
            {formatAgo(lastSignInAt, now)}
          </time>
        ),
    },
    {
      label: words.columns.sessions,
      number: true,
      minor: true,
      cell: ({ sessions }) => sessions,
    },
    {
      label: words.columns.change,
      cell: (account) => (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <button type="button" className="button small" aria-label={words.actions(account.name)}>
              {words.menu}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onAsk('edit', account)}>{words.edit}</Menu.Item>
            {account.isActive && (
              <>
                <Menu.Item onClick={() => onAsk('reset', account)}>{words.reset}</Menu.Item>
                <Menu.Item onClick={() => onAsk('sessions', account)}>{words.sessions}</Menu.Item>
                <Menu.Item onClick={() => onAsk('end', account)}>{words.end}</Menu.Item>
              </>
            )}
            <Menu.Item onClick={() => onAsk(account.isActive ? 'off' : 'on', account)}>
              {account.isActive ? words.switchOff : words.switchOn}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  return <DataTable label={words.title} columns={columns} rows={accounts} keyOf={({ id }) => id} />;
}
