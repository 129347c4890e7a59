/** The settings: one part at a time, each with an address of its own; only those that the reader's role has. */
import { Link, Navigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { keepView } from '../data/search.ts';
import { isAllowed, type SessionState, useSession } from '../data/session.ts';
import '../definitions/definitions.css';
import { Absent } from '../parts/Absent.tsx';
import { Headline } from '../parts/Headline.tsx';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { AccountSection } from './AccountSection.tsx';
import { AuditSection } from './AuditSection.tsx';
import { DataSection } from './DataSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { PlacesSection } from './places/PlacesSection.tsx';
import './settings.css';
import { settings as words } from '../words/settings.ts';

type Name = keyof typeof words.sections;

interface Part {
  readonly name: Name;
  /** null: none; it is of whoever has signed in. */
  readonly needs: Permission | null;
  Content(): ReactNode;
}

const parts: readonly Part[] = [
  { name: 'account', needs: null, Content: AccountSection },
  { name: 'people', needs: 'administer', Content: PeopleSection },
  { name: 'keys', needs: 'administer', Content: KeysSection },
  { name: 'places', needs: 'read', Content: PlacesSection },
  { name: 'audit', needs: 'audit', Content: AuditSection },
  { name: 'privacy', needs: 'read', Content: PrivacySection },
  { name: 'data', needs: 'read', Content: DataSection },
];

export function SettingsPage() {
  const { section } = useParams({ strict: false });
  const state = useSession();
  const shown = parts.filter((part) => isShown(part, state));
  if (section === undefined) {
    const first = shown.find(({ name }) => name !== 'account') ?? shown[0];
    return (
      <Navigate
        to="/settings/$section"
        params={{ section: first?.name ?? 'privacy' }}
        search={keepView}
        replace
      />
    );
  }
  const part = parts.find(({ name }) => name === section);
  return (
    <>
      <nav className="settings-nav" aria-label={words.navigation}>
        <ul>
          {shown.map(({ name }) => (
            <li key={name}>
              <Link
                to="/settings/$section"
                params={{ section: name }}
                search={keepView}
                activeOptions={{ includeSearch: false }}
              >
                {words.sections[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {part === undefined ? (
        <Absent page={words.page} title={words.notFound}>
          {null}
        </Absent>
      ) : part.needs !== null && !isAllowed(state, part.needs) ? (
        <>
          <Headline page={words.page} tone="none">
            {`${words.sections[part.name]}.`}
          </Headline>
          <NotAllowed permission={part.needs} />
        </>
      ) : (
        <part.Content />
      )}
    </>
  );
}

function isShown({ name, needs }: Part, state: SessionState): boolean {
  if (needs !== null) return isAllowed(state, needs);
  return name === 'account' && state.session?.principal?.kind === 'person';
}
