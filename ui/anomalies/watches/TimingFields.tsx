/** How long something must last to be told, to be over, and to be missed. */
import { TextInput } from '@mantine/core';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { form as words } from '../../words/watchForm.ts';
import type { PartProps } from './part.ts';

const fields = [
  { field: 'pending', text: 'pendingText' },
  { field: 'over', text: 'overText' },
  { field: 'rest', text: 'restText' },
  { field: 'noData', text: 'noDataText' },
] as const;

export function TimingFields({ draft, problems, change }: PartProps) {
  return (
    <FormPart title={words.timing} text={words.timingText}>
      <div className="field-pairs">
        {fields.map(({ field, text }) => (
          <TextInput
            key={field}
            label={words[field]}
            description={words[text]}
            value={draft[field]}
            onChange={({ currentTarget: { value } }) => change({ [field]: value })}
          />
        ))}
      </div>
      <FieldNotes
        fields={['pendingMs', 'clearMs', 'refractoryMs', 'noDataMs']}
        problems={problems}
      />
    </FormPart>
  );
}
