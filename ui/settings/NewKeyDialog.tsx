/** Makes a key for a program: what it may do, where, and until when. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Permission, permissions as permissionNames } from '../../contracts/access.ts';
import { isName } from '../data/ownName.ts';
import { engineNow } from '../data/session.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { permissions as permissionWords, keys as words } from '../words/settings.ts';
import { first } from '../words/signin.ts';
import { fieldName } from './fieldName.ts';
import { type KeyMade, makeKey } from './queries.ts';
import { ScopeField } from './ScopeField.tsx';
import { scopeDraft, scopeOf } from './scopeDraft.ts';

type Days = keyof typeof words.days;

const dayMs = 86_400_000;
/** What an application needs; with the others a key is as good as an account. */
const usual: readonly Permission[] = ['produce', 'decide'];

interface Props {
  onMade(made: KeyMade): void;
  onClose(): void;
}

export function NewKeyDialog({ onMade, onClose }: Props) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Permission[]>(usual);
  const [scope, setScope] = useState(() => scopeDraft('everywhere'));
  const [days, setDays] = useState<Days>('365');
  const isUnusual = chosen.some((each) => !usual.includes(each));
  const read = scopeOf(scope);
  const expiresAt = () => (days === 'never' ? null : engineNow() + Number(days) * dayMs);
  return (
    <ReasonDialog
      title={words.makeTitle}
      confirm={words.makeConfirm}
      needs="administer"
      consequences={isUnusual ? [...words.consequences, words.unusual] : words.consequences}
      isReady={isName(name) && chosen.length > 0 && read !== undefined}
      queryKey="keys"
      nameOf={fieldName}
      run={(reason) =>
        makeKey({
          ...{ name: name.trim(), permissions: chosen, reason },
          ...{ scope: read ?? 'everywhere', expiresAt: expiresAt() },
        })
      }
      onDone={onMade}
      onClose={onClose}
    >
      <TextInput
        label={words.name}
        description={words.nameText}
        autoComplete="off"
        maxLength={100}
        data-autofocus
        value={name}
        error={name !== '' && !isName(name) ? first.nameWrong : undefined}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <fieldset className="choice-lines">
        <legend className="field-label">{words.may}</legend>
        {permissionNames.map((each) => (
          <label key={each} className="choice-line">
            <input
              type="checkbox"
              checked={chosen.includes(each)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen(
                  permissionNames.filter((one) => (one === each ? checked : chosen.includes(one))),
                )
              }
            />
            {permissionWords[each]} <code className="muted">{each}</code>
          </label>
        ))}
        {chosen.length === 0 && <p className="notice attention">{words.mayMissing}</p>}
      </fieldset>
      <NativeSelect
        label={words.expires}
        data={Object.entries(words.days).map(([value, label]) => ({ value, label }))}
        value={days}
        onChange={({ currentTarget }) => setDays(currentTarget.value as Days)}
      />
      <ScopeField value={scope} onChange={setScope} />
    </ReasonDialog>
  );
}
