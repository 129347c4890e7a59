/** What the engine has of a person: likings, the last decisions, all of it as a file, and its erasure. */

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ErasureReceipt } from '../../contracts/userApi.ts';
import { Needs } from '../parts/Needs.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { erasure, person as words } from '../words/person.ts';
import { EraseDialog } from './EraseDialog.tsx';
import { LastDecisions } from './LastDecisions.tsx';
import { Objections } from './Objections.tsx';
import { Preferences } from './Preferences.tsx';
import { exportPath, policiesQuery, userQuery } from './queries.ts';
import { Receipt } from './Receipt.tsx';

export function PersonData({ user }: { user: string }) {
  const answer = useQuery(userQuery(user));
  const list = useQuery(policiesQuery);
  const [isAsked, setIsAsked] = useState(false);
  const [receipt, setReceipt] = useState<ErasureReceipt>();
  const known = answer.data;
  const names = new Map((list.data?.policies ?? []).map(({ key, name }) => [key, name]));
  // Of who is not known each preference is told as everyone's.
  const learnt = known?.preferences.filter(({ events }) => events > 0) ?? [];
  const isUnknown = learnt.length === 0 && known?.decisions.length === 0;
  return (
    <>
      {known === undefined && (
        <Section title={words.likes}>
          <Waiting answers={[answer]} height={240} />
        </Section>
      )}
      {isUnknown && (
        <Section title={words.likes}>
          <p className="card muted">{words.unknown}</p>
        </Section>
      )}
      {known !== undefined && !isUnknown && (
        <>
          <Preferences preferences={learnt} />
          <LastDecisions decisions={known.decisions} names={names} />
        </>
      )}
      <Objections user={user} />
      <Section title={words.data} text={words.dataText}>
        {receipt !== undefined && <Receipt receipt={receipt} />}
        <div className="actions person-data">
          <a className="button" href={exportPath(user)} download={`${user}.ndjson`}>
            {words.export}
          </a>
          <Needs permission="administer">
            <button type="button" className="button danger" onClick={() => setIsAsked(true)}>
              {erasure.ask}
            </button>
          </Needs>
        </div>
      </Section>
      {isAsked && <EraseDialog user={user} onDone={setReceipt} onClose={() => setIsAsked(false)} />}
    </>
  );
}
