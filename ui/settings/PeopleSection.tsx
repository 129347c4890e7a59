/** Who may sign in; on an open engine, how that becomes needed. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../contracts/accessApi.ts';
import { keepSession, useSession } from '../data/session.ts';
import { type Undoable, UndoBar } from '../definitions/UndoBar.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { FirstForm } from '../signin/FirstForm.tsx';
import '../signin/signIn.css';
import { settings, accounts as words } from '../words/settings.ts';
import { type AccountAct, AccountDialogs } from './AccountDialogs.tsx';
import { AccountsTable } from './AccountsTable.tsx';
import { fieldName } from './fieldName.ts';
import { accountsQuery, changeAccount } from './queries.ts';

interface Asked {
  readonly act: AccountAct;
  /** undefined: of none that there is. */
  readonly id: string | undefined;
}

export function PeopleSection() {
  const { session } = useSession();
  return session?.hasAccounts === false ? <First /> : <Accounts />;
}

function First() {
  return (
    <>
      <Headline page={settings.page} tone="attention">
        {words.open}
      </Headline>
      <Section title={words.firstTitle} text={words.firstText}>
        <div className="card narrow-card">
          <FirstForm needsCode={false} onSigned={keepSession} />
        </div>
      </Section>
    </>
  );
}

function Accounts() {
  const queries = useQueryClient();
  const answer = useQuery(accountsQuery);
  const own = useSession().session?.principal?.id;
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Undoable>();
  const accounts = answer.data?.accounts;
  if (accounts === undefined) return <Waiting answers={[answer]} height={320} />;
  const active = accounts.filter(({ isActive }) => isActive);
  const admins = active.filter(({ role }) => role === 'admin').length;

  /** From whatever is newest by then. */
  const undo = (before: Account) => async () => {
    const newest = await queries.fetchQuery({ ...accountsQuery, staleTime: 0 });
    const found = newest.accounts.find(({ id }) => id === before.id);
    const { name, role, scope, isActive } = before;
    return changeAccount(found ?? before, { name, role, scope, isActive }, words.undone);
  };

  return (
    <>
      <Headline
        page={settings.page}
        tone={admins === 1 && active.length > 1 ? 'attention' : 'good'}
      >
        {`${words.headline(active.length, admins)}${admins === 1 ? ` ${words.oneAdmin}` : ''}`}
      </Headline>
      <Section
        title={words.title}
        text={words.text}
        tools={
          <button
            type="button"
            className="button primary"
            onClick={() => setAsked({ act: 'make', id: undefined })}
          >
            {words.make}
          </button>
        }
      >
        <div className="card flush">
          <AccountsTable
            accounts={accounts}
            own={own}
            onAsk={(act, { id }) => setAsked({ act, id })}
          />
        </div>
      </Section>
      {asked !== undefined && (
        <AccountDialogs
          act={asked.act}
          account={accounts.find(({ id }) => id === asked.id)}
          onClose={() => setAsked(undefined)}
          onDone={(sentence, before) =>
            setDone({ sentence, ...(before === undefined ? {} : { undo: undo(before) }) })
          }
        />
      )}
      <UndoBar
        done={done}
        onDone={setDone}
        needs="administer"
        queryKeys={['accounts']}
        nameOf={fieldName}
      />
    </>
  );
}
