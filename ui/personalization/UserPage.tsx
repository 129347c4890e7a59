/**
 * One person: what a policy would give them now, why, and what would have to be different; what is learnt and was decided, and its
 * erasure. Nothing is written by looking.
 */

import { NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyExplanation } from '../../contracts/policyApi.ts';
import { ApiProblem } from '../data/client.ts';
import { type AttributeSearch, keepView } from '../data/search.ts';
import { useMay } from '../data/useMay.ts';
import { useView } from '../data/useView.ts';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import '../definitions/definitions.css';
import '../definitions/form.css';
import { scalarOf, scalarText } from '../definitions/conditionRows.ts';
import { Refusal } from '../definitions/Refusal.tsx';
import type { Judgement } from '../format/judgements.ts';
import { formatShare } from '../format/numbers.ts';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { attributesOf, nested, withAttribute } from './attributes.ts';
import { nameOfAction } from './changes.ts';
import { Explanation } from './Explanation.tsx';
import './personalization.css';
import { user as words } from '../words/person.ts';
import { words as common, fieldName } from '../words/personalization.ts';
import { PersonData } from './PersonData.tsx';
import { explainQuery, policiesQuery, policyQuery, userQuery } from './queries.ts';
import { UserSearch } from './UserSearch.tsx';

/** Without a keystroke for so long, the answer is asked for, ms. */
const askAfterMs = 300;
const nothing: AttributeSearch = {};

export function UsersPage() {
  const { search } = useView();
  const mayLook = useMay('people');
  return (
    <>
      <Headline page={<Eyebrow />} tone="none">
        {words.titleNone}
      </Headline>
      {mayLook ? (
        <>
          <UserSearch policy={search.policy} />
          <p className="muted">{words.noneText}</p>
        </>
      ) : (
        <NotAllowed permission="people" />
      )}
    </>
  );
}

export function UserPage() {
  const { user } = useParams({ from: '/personalization/users/$user' });
  const mayLook = useMay('people');
  if (!mayLook) {
    return (
      <>
        <Headline page={<Eyebrow user={user} />} tone="none">
          {words.titleNone}
        </Headline>
        <NotAllowed permission="people" />
      </>
    );
  }
  return <Person key={user} user={user} />;
}

function Person({ user }: { user: string }) {
  const { search, change } = useView();
  useKnownName(user);
  const list = useQuery(policiesQuery);
  const running = list.data?.policies.filter(({ state }) => state === 'running');
  const key = (running?.find((policy) => policy.key === search.policy) ?? running?.[0])?.key;
  const detail = useQuery({ ...policyQuery(key ?? ''), enabled: key !== undefined });
  const policy = detail.data?.policy.key === key ? detail.data?.policy : undefined;
  // The address follows what is typed, with a delay that would swallow keystrokes.
  const [attributes, setAttributes] = useState(search.attributes ?? nothing);
  const tell = (next: AttributeSearch | undefined, more: { action?: undefined } = {}) => {
    setAttributes(next ?? nothing);
    change({ attributes: next, ...more });
  };
  // Fields begin anew with what was tried by a button.
  const [tried, setTried] = useState(0);
  const [asked] = useDebouncedValue(attributes, askAfterMs);
  const answer = useQuery({
    ...explainQuery(key ?? '', { user, attributes: nested(asked) }),
    enabled: policy !== undefined,
  });
  // What is kept from another question is not shown under this name.
  const explanation =
    answer.data?.policy === key && answer.data?.user === user && !answer.isError
      ? answer.data
      : undefined;
  const summary = headlineOf(user, policy, explanation);
  return (
    <>
      <Headline page={<Eyebrow user={user} />} tone={summary.tone}>
        {summary.word}
      </Headline>
      <UserSearch user={user} policy={search.policy} />
      {running?.length === 0 && (
        <div className="card section">
          <Empty title={words.noPolicy}>
            <p className="muted">{words.noPolicyText}</p>
            <Link to="/personalization" search={keepView} className="button">
              {words.backToList}
            </Link>
          </Empty>
        </div>
      )}
      {policy === undefined && running?.length !== 0 && (
        <div className="section">
          <Waiting answers={[list, detail]} height={320} />
        </div>
      )}
      {policy !== undefined && (
        <div className="person-columns">
          <div className="card stack">
            <NativeSelect
              label={words.policy}
              data={(running ?? []).map((each) => ({ value: each.key, label: each.name }))}
              value={policy.key}
              onChange={({ currentTarget: { value } }) =>
                change({ policy: value, action: undefined })
              }
            />
            <Attributes
              key={`${policy.key} ${tried}`}
              policy={policy}
              attributes={attributes}
              onChange={(next) => tell(next)}
            />
          </div>
          <div className="stack">
            {answer.isError && <NotTold error={answer.error} />}
            {answer.isPending && <Skeleton height={320} />}
            {explanation !== undefined && (
              <Explanation
                policy={policy}
                explanation={explanation}
                attributes={asked}
                onTry={(changed) => {
                  tell({ ...attributes, ...changed }, { action: undefined });
                  setTried(tried + 1);
                }}
              />
            )}
          </div>
        </div>
      )}
      <PersonData user={user} />
    </>
  );
}

/** The page of a person who was looked for by the id that producers send stands under the name by which the engine knows them. */
function useKnownName(user: string): void {
  const navigate = useNavigate();
  const name = useQuery(userQuery(user)).data?.user ?? user;
  useEffect(() => {
    if (name === user) return;
    void navigate({
      to: '/personalization/users/$user',
      params: { user: name },
      search: keepView,
      replace: true,
    });
  }, [name, user, navigate]);
}

function Eyebrow({ user }: { user?: string }) {
  return (
    <>
      <Link to="/personalization" search={keepView}>
        {common.eyebrow}
      </Link>
      {user !== undefined && (
        <>
          <span aria-hidden="true"> / </span>
          {user}
        </>
      )}
    </>
  );
}

function NotTold({ error }: { error: Error }) {
  const isAsked = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
  return (
    <div className="card stack">
      {isAsked && <h2>{words.refusedTitle}</h2>}
      <Refusal error={error} nameOf={fieldName} />
    </div>
  );
}

function headlineOf(
  user: string,
  policy: Policy | undefined,
  explanation: PolicyExplanation | undefined,
): Judgement {
  const best = explanation?.actions[0];
  if (policy === undefined || explanation === undefined || best === undefined) {
    return { tone: 'none', word: policy === undefined ? words.titleNone : words.waiting };
  }
  const name = nameOfAction(policy, best.action);
  const share = formatShare(best.probability);
  const { sentences } = words;
  switch (explanation.way) {
    case 'policy':
      return { tone: 'none', word: sentences.policy(user, name, share) };
    case 'holdout':
      return {
        tone: 'none',
        word: policy.control === null ? sentences.chance(user) : sentences.holdout(user, name),
      };
    case 'pin':
      return { tone: 'none', word: sentences.pin(user, name) };
    case 'objection':
      return {
        tone: 'none',
        word:
          best.probability < 1 ? sentences.objectionChance(user) : sentences.objection(user, name),
      };
    case 'fallback':
      return { tone: 'attention', word: sentences.fallback(user, name, share) };
  }
}

interface AttributesProps {
  policy: Policy;
  attributes: AttributeSearch;
  onChange(attributes: AttributeSearch | undefined): void;
}

function Attributes({ policy, attributes, onChange }: AttributesProps) {
  const asked = attributesOf(policy);
  return (
    <fieldset className="conditions">
      <legend className="field-label">{words.attributes}</legend>
      <p className="muted">{asked.length === 0 ? words.noAttributes : words.attributesText}</p>
      {asked.map(({ field, kind }) => (
        <AttributeField
          key={field}
          label={field}
          placeholder={kind === 'number' ? words.number : words.word}
          value={attributes[field]}
          onChange={(value) => onChange(withAttribute(attributes, field, value))}
        />
      ))}
    </fieldset>
  );
}

interface FieldProps {
  label: string;
  placeholder: string;
  value: AttributeSearch[string] | undefined;
  onChange(value: AttributeSearch[string] | undefined): void;
}

/** Holds what was typed: the address follows it later. */
function AttributeField({ label, placeholder, value, onChange }: FieldProps) {
  const [text, setText] = useState(value === undefined ? '' : scalarText(value));
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={text}
      spellCheck={false}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(currentTarget.value.trim() === '' ? undefined : scalarOf(currentTarget.value));
      }}
    />
  );
}
