/** Who the reader is to the engine, what that allows, and the own password. */
import { useState } from 'react';
import { useSession } from '../data/session.ts';
import { formatInstant } from '../format/times.ts';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { PasswordForm } from '../signin/PasswordForm.tsx';
import '../signin/signIn.css';
import { permissions, settings, account as words } from '../words/settings.ts';
import { roles } from '../words/signin.ts';
import { OwnSessions } from './OwnSessions.tsx';
import { scopeWords } from './scopeWords.ts';

export function AccountSection() {
  const { session } = useSession();
  const [isChanged, setChanged] = useState(false);
  const principal = session?.principal;
  if (principal?.kind !== 'person') {
    return (
      <Headline page={settings.page} tone="attention">
        {words.local}
      </Headline>
    );
  }
  const role = principal.role === null ? '' : roles[principal.role];
  return (
    <>
      <Headline page={settings.page} tone="good">
        {words.headline(principal.name, role.toLowerCase())}
      </Headline>
      <Section title={words.aboutTitle} text={words.sessionText}>
        <dl className="card facts">
          <div>
            <dt>{words.name}</dt>
            <dd>{principal.name}</dd>
          </div>
          <div>
            <dt>{words.role}</dt>
            <dd>{role}</dd>
          </div>
          <div>
            <dt>{words.places}</dt>
            <dd>{scopeWords(principal.scope)}</dd>
          </div>
          <div>
            <dt>{words.session}</dt>
            <dd>{formatInstant(session?.expiresAt ?? null)}</dd>
          </div>
          <div className="whole-row">
            <dt>{words.may}</dt>
            <dd>{principal.permissions.map((each) => permissions[each]).join('; ')}</dd>
          </div>
        </dl>
      </Section>
      <OwnSessions />
      <Section title={words.passwordTitle} text={words.passwordText}>
        <div className="card narrow-card">
          <PasswordForm onChanged={() => setChanged(true)} />
          <p role="status" className={isChanged ? 'notice good' : undefined}>
            {isChanged && words.changed}
          </p>
        </div>
      </Section>
    </>
  );
}
