/** The form of a policy: its parts in the order in which one thinks of them, checked while they are written. */
import { Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { AlgorithmsAnswer, PolicyDetail } from '../../../contracts/policyApi.ts';
import { keepView } from '../../data/search.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { NameFields } from '../../definitions/NameFields.tsx';
import '../../definitions/form.css';
import { FormHead } from '../../definitions/FormHead.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { useForm } from '../../definitions/useForm.ts';
import { form as words } from '../../words/policyForm.ts';
import '../personalization.css';
import { words as common } from '../../words/personalization.ts';
import { checkQuery } from '../queries.ts';
import { ActionsFields } from './ActionsFields.tsx';
import { AlgorithmFields } from './AlgorithmFields.tsx';
import { definitionOf } from './definition.ts';
import type { Draft } from './draft.ts';
import { FeaturesFields } from './FeaturesFields.tsx';
import type { PartProps } from './part.ts';
import { RewardFields } from './RewardFields.tsx';
import { SavePanel } from './SavePanel.tsx';

interface Props {
  /** Under which the draft is kept. */
  id: string;
  initial: Draft;
  known: AlgorithmsAnswer;
  /** The policy that is changed; absent for a new one. */
  base?: PolicyDetail;
  /** Takes over what somebody else has saved meanwhile; absent when nobody has. */
  onNewer?: () => void;
}

/** Fields that stand in a part of the form; problems with others are shown beside the save button. */
const placed = [
  ...['key', 'name', 'purpose', 'actions', 'control', 'open', 'algorithm', 'context', 'traits'],
  ...['reward', 'floor', 'holdout', 'segments', 'pins'],
];

export function PolicyForm({ id, initial, known, base, onNewer }: Props) {
  const build = useCallback((draft: Draft) => definitionOf(draft, known), [known]);
  const { definition, part, standing } = useForm({
    ...{ id, initial, build, placed, onNewer, isNew: base === undefined },
    check: ({ policy }) => checkQuery(policy),
  });
  return (
    <>
      <FormHead
        list={
          <Link to="/personalization" search={keepView}>
            {common.eyebrow}
          </Link>
        }
        one={
          base && (
            <Link to="/personalization/$key" params={{ key: base.policy.key }} search={keepView}>
              {base.policy.name}
            </Link>
          )
        }
      >
        {base === undefined ? words.titleNew : words.titleEdit(base.policy.name)}
      </FormHead>
      <div className="form-columns">
        <div className="form-parts">
          <AboutFields {...part} fixedKey={base !== undefined} />
          <ActionsFields {...part} />
          <RewardFields {...part} reward={definition.policy['reward']} />
          <FeaturesFields {...part} of="context" />
          <AlgorithmFields {...part} known={known} />
          <FeaturesFields {...part} of="traits" />
          <BoundsFields {...part} />
        </div>
        <SavePanel id={id} definition={definition} base={base} {...standing} />
      </div>
    </>
  );
}

function AboutFields({ draft, problems, change, fixedKey }: PartProps & { fixedKey: boolean }) {
  return (
    <FormPart title={words.what}>
      <NameFields draft={draft} problems={problems} change={change} fixedKey={fixedKey} />
      <Textarea
        label={words.purpose}
        description={words.purposeText}
        rows={2}
        maxLength={4_096}
        value={draft.purpose}
        onChange={({ currentTarget: { value } }) => change({ purpose: value })}
      />
      <FieldNotes fields={['purpose']} problems={problems} />
    </FormPart>
  );
}

function BoundsFields({ draft, problems, change }: PartProps) {
  return (
    <FormPart title={words.bounds} text={words.boundsText}>
      <div className="field-row">
        <div className="stack">
          <TextInput
            label={words.floor}
            description={words.floorText}
            value={draft.floor}
            inputMode="decimal"
            rightSection="%"
            onChange={({ currentTarget: { value } }) => change({ floor: value })}
          />
          <FieldNotes fields={['floor']} problems={problems} />
        </div>
        <div className="stack">
          <TextInput
            label={words.holdout}
            description={words.holdoutText}
            value={draft.holdout}
            inputMode="decimal"
            rightSection="%"
            onChange={({ currentTarget: { value } }) => change({ holdout: value })}
          />
          <FieldNotes fields={['holdout']} problems={problems} />
        </div>
      </div>
      <TextInput
        label={words.segments}
        description={words.segmentsText}
        value={draft.segments}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => change({ segments: value })}
      />
      <FieldNotes fields={['segments']} problems={problems} />
      <details className="payload" open={draft.pins !== '' || undefined}>
        <summary>{words.more}</summary>
        <Textarea
          label={words.pins}
          description={words.pinsText}
          className="code-field"
          rows={3}
          spellCheck={false}
          value={draft.pins}
          onChange={({ currentTarget: { value } }) => change({ pins: value })}
        />
      </details>
      <FieldNotes fields={['pins']} problems={problems} />
    </FormPart>
  );
}
