/** A field that leads to the page of a user. */
import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { keepView } from '../data/search.ts';
import { user as words } from './words.ts';

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

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name === '') return;
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
      <button type="submit" className="button" disabled={name === ''}>
        {words.show}
      </button>
    </form>
  );
}
