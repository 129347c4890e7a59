/** To what a person objects: three switches, each with a reason and a way back, and the receipt of the last change. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ObjectionKind, objectionKinds } from '../../contracts/objection.ts';
import type { Objection, ObjectionReceipt } from '../../contracts/objectionApi.ts';
import { UndoBar } from '../definitions/UndoBar.tsx';
import { formatInstant } from '../format/times.ts';
import { NeededSwitch } from '../parts/NeededSwitch.tsx';
import { Needs } from '../parts/Needs.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { objection as words } from '../words/person.ts';
import { fieldName } from '../words/personalization.ts';
import { ObjectionDialog } from './ObjectionDialog.tsx';
import { changeObjection, objectionQuery } from './queries.ts';
import { ReceiptOfObjection } from './ReceiptOfObjection.tsx';

/** An objection changes what policies give. */
const queryKeys = ['users', 'policies'];

export function Objections({ user }: { user: string }) {
  const answer = useQuery(objectionQuery(user));
  const [asked, setAsked] = useState<ObjectionKind[]>();
  const [receipt, setReceipt] = useState<ObjectionReceipt>();
  const known = answer.data;
  const to = known?.to ?? [];
  const done = receipt && {
    sentence: words.done(user, receipt.to),
    undo: () => changeObjection(user, receipt.before, words.undone(user, receipt.to)),
  };
  return (
    <Section title={words.title} text={words.text}>
      {known === undefined ? (
        <Waiting answers={[answer]} height={200} />
      ) : (
        <div className="card stack">
          <p>{standingWords(known)}</p>
          <ul className="objections">
            {objectionKinds.map((kind) => (
              <Row
                key={kind}
                kind={kind}
                objects={to.includes(kind)}
                onAsk={(objects) => setAsked(changed(to, kind, objects))}
              />
            ))}
          </ul>
          <div className="actions">
            {to.length < objectionKinds.length && (
              <Needs permission="administer">
                <button
                  type="button"
                  className="button"
                  onClick={() => setAsked([...objectionKinds])}
                >
                  {words.all}
                </button>
              </Needs>
            )}
            {to.length > 0 && (
              <Needs permission="administer">
                <button type="button" className="button" onClick={() => setAsked([])}>
                  {words.none}
                </button>
              </Needs>
            )}
          </div>
        </div>
      )}
      <UndoBar
        done={done}
        onDone={() => setReceipt(undefined)}
        needs="administer"
        queryKeys={queryKeys}
        nameOf={fieldName}
      />
      {receipt !== undefined && <ReceiptOfObjection receipt={receipt} />}
      {asked !== undefined && (
        <ObjectionDialog
          user={user}
          before={to}
          to={asked}
          onDone={setReceipt}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  );
}

interface RowProps {
  kind: ObjectionKind;
  objects: boolean;
  onAsk(objects: boolean): void;
}

function Row({ kind, objects, onAsk }: RowProps) {
  return (
    <li className="objection-row">
      <span>
        <b>{words.kinds[kind]}</b>
        <span className="cell-detail">{words.means[kind]}</span>
      </span>
      <NeededSwitch
        isOn={objects}
        label={words.objectsTo[kind]}
        word={objects ? words.objects : words.agrees}
        permission="administer"
        onTurn={onAsk}
      />
    </li>
  );
}

function changed(
  to: readonly ObjectionKind[],
  kind: ObjectionKind,
  objects: boolean,
): ObjectionKind[] {
  return objectionKinds.filter((each) => (each === kind ? objects : to.includes(each)));
}

function standingWords({ user, to, since, actor, reason }: Objection): string {
  const standing = words.standing(user, to);
  if (since === null) return standing;
  const told = words.told(formatInstant(since), actor);
  return [standing, told, ...(reason === '' ? [] : [words.because(reason)])].join(' ');
}
