/** A field that leads to the page of a user. */

import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { keepView } from '../data/search.ts';
import { useMay } from '../data/useMay.ts';
import { Needs } from '../parts/Needs.tsx';
import { user as words } from '../words/person.ts';

interface Props {
  /** Key of the policy that is looked at; absent: the first that runs. */
  policy?: string | undefined;
  user?: string;
}

/** As in events. */
const nameLengthMax = 256;

export function UserSearch({ policy, user = '' }: Props) {
  const navigate = useNavigate();
  const [text, setText] = useState(user);
  const name = text.trim();
  const mayLook = useMay('people');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name === '' || !mayLook) return;
    void navigate({
      to: '/personalization/users/$user',
      params: { user: name },
      search: (search) => ({ ...keepView(search), policy }),
    });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a form that is a search
    <form className="user-search" role="search" aria-label={words.search} onSubmit={submit}>
      <TextInput
        aria-label={words.field}
        placeholder={words.placeholder}
        value={text}
        maxLength={nameLengthMax}
        spellCheck={false}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <Needs permission="people">
        <button type="submit" className="button" disabled={name === ''}>
          {words.show}
        </button>
      </Needs>
    </form>
  );
}
