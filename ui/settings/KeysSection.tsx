/** The keys of programs. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '../../contracts/accessApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { type Undoable, UndoBar } from '../definitions/UndoBar.tsx';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { settings, keys as words } from '../words/settings.ts';
import { exampleCommand } from './exampleCommand.ts';
import { fieldName } from './fieldName.ts';
import { KeysTable } from './KeysTable.tsx';
import { keyStanding } from './keyStanding.ts';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import { type KeyMade, keysQuery, revokeKey } from './queries.ts';
import { ShownOnce } from './ShownOnce.tsx';

export function KeysSection() {
  const answer = useQuery(keysQuery);
  const [isAsked, setAsked] = useState(false);
  const [made, setMade] = useState<KeyMade>();
  const [revoked, setRevoked] = useState<ApiKey>();
  const [done, setDone] = useState<Undoable>();
  const keys = answer.data?.keys;
  if (keys === undefined) return <Waiting answers={[answer]} height={320} />;
  const used = keys.filter((key) => keyStanding(key, Date.now()) === 'inUse').length;
  return (
    <>
      <Headline page={settings.page} tone="good">
        {words.headline(used)}
      </Headline>
      <Section
        title={words.title}
        text={words.text}
        tools={
          <button type="button" className="button primary" onClick={() => setAsked(true)}>
            {words.make}
          </button>
        }
      >
        <div className="card flush">
          {keys.length === 0 ? (
            <Empty title={words.none}>
              <p className="muted">{words.noneText}</p>
            </Empty>
          ) : (
            <KeysTable keys={keys} onRevoke={setRevoked} />
          )}
        </div>
      </Section>
      {isAsked && (
        <NewKeyDialog
          onMade={(key) => {
            setMade(key);
            setDone({ sentence: words.made(key.made.name) });
          }}
          onClose={() => setAsked(false)}
        />
      )}
      {made !== undefined && (
        <ShownOnce
          title={words.shownTitle(made.made.name)}
          text={words.shownText}
          secret={made.key}
          label={words.copyKey}
          stored={words.stored}
          onClose={() => setMade(undefined)}
        >
          <div>
            <p className="field-label">{words.example}</p>
            <Command
              text={exampleCommand(location.origin, made.key, made.made.permissions)}
              label={words.example}
            />
          </div>
        </ShownOnce>
      )}
      {revoked !== undefined && (
        <ReasonDialog
          title={words.revokeTitle(revoked.name)}
          confirm={words.revokeConfirm}
          consequences={words.revokeConsequences}
          needs="administer"
          danger
          queryKey="keys"
          nameOf={fieldName}
          run={(reason) => revokeKey(revoked.id, reason)}
          onDone={() => setDone({ sentence: words.revokedSaid(revoked.name) })}
          onClose={() => setRevoked(undefined)}
        />
      )}
      <UndoBar
        done={done}
        onDone={setDone}
        needs="administer"
        queryKeys={['keys']}
        nameOf={fieldName}
      />
    </>
  );
}
