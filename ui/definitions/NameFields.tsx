/** What a definition is called: from its name comes its key, until one is typed. */
import { TextInput } from '@mantine/core';
import { name as words } from '../words/definitions.ts';
import { FieldNotes } from './FieldNotes.tsx';
import type { Part } from './FormPart.tsx';
import { keyFrom } from './typed.ts';

interface Named {
  readonly name: string;
  readonly key: string;
  /** Whether the key was typed: then the name leaves it alone. */
  readonly keyTyped: boolean;
}

interface Props extends Pick<Part<Named>, 'problems' | 'change'> {
  draft: Named;
  /** Whether it has its key already. */
  fixedKey: boolean;
}

export function NameFields({ draft, problems, change, fixedKey }: Props) {
  return (
    <>
      <div className="field-row">
        <TextInput
          label={words.name}
          value={draft.name}
          maxLength={256}
          onChange={({ currentTarget: { value } }) =>
            change(draft.keyTyped ? { name: value } : { name: value, key: keyFrom(value) })
          }
        />
        <TextInput
          label={words.key}
          value={draft.key}
          readOnly={fixedKey}
          maxLength={100}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) =>
            change({ key: value, keyTyped: value !== '' })
          }
        />
      </div>
      <FieldNotes fields={['name', 'key']} problems={problems} />
    </>
  );
}
