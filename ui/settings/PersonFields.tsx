/** Name, role and places of an account, as they are asked for when it is made and changed. */
import { NativeSelect, TextInput } from '@mantine/core';
import { type RoleName, roleNames } from '../../contracts/access.ts';
import { isName } from '../data/ownName.ts';
import { roleMeanings, accounts as words } from '../words/settings.ts';
import { first, roles } from '../words/signin.ts';
import { ScopeField } from './ScopeField.tsx';
import type { ScopeDraft } from './scopeDraft.ts';

export interface PersonDraft {
  readonly name: string;
  readonly role: RoleName;
  readonly scope: ScopeDraft;
}

interface Props {
  value: PersonDraft;
  onChange(value: PersonDraft): void;
  /** Whether the dialog begins here. */
  focused: boolean;
}

export function PersonFields({ value, onChange, focused }: Props) {
  const { name, role, scope } = value;
  return (
    <>
      <TextInput
        label={words.fields['name']}
        description={words.nameText}
        autoComplete="off"
        maxLength={100}
        {...(focused ? { 'data-autofocus': true } : {})}
        value={name}
        error={name !== '' && !isName(name) ? first.nameWrong : undefined}
        onChange={({ currentTarget }) => onChange({ ...value, name: currentTarget.value })}
      />
      <NativeSelect
        label={words.fields['role']}
        description={roleMeanings[role]}
        data={roleNames.map((each) => ({ value: each, label: roles[each] }))}
        value={role}
        onChange={({ currentTarget }) =>
          onChange({ ...value, role: currentTarget.value as RoleName })
        }
      />
      <ScopeField value={scope} onChange={(next) => onChange({ ...value, scope: next })} />
    </>
  );
}
