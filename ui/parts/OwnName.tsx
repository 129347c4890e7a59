/**
 * Asks for the reader's name: beside a reason while it is not known, and in the help, where it can be changed. Whoever has signed
 * in has the name of the account.
 */
import { TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';
import { actorLengthMax } from '../../contracts/actor.ts';
import { isName, ownNameKey } from '../data/ownName.ts';
import { useSession } from '../data/session.ts';
import { messages } from '../words/shell.ts';

const words = messages.ownName;

/** @param once only while it is not known */
export function OwnName({ once = false }: { once?: boolean }) {
  const isSigned = useSession().session?.principal?.kind === 'person';
  const [name, setName] = useLocalStorage({
    key: ownNameKey,
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  // Stays while it is being written.
  const [wasKnown] = useState(isName(name));
  if (isSigned || (once && wasKnown)) return null;
  return (
    <TextInput
      label={words.label}
      description={words.text}
      autoComplete="name"
      maxLength={actorLengthMax}
      value={name}
      error={name.trim() !== '' && !isName(name) ? words.taken : undefined}
      onChange={(event) => setName(event.currentTarget.value)}
    />
  );
}
