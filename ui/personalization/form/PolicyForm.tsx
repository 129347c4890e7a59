/** The form of a policy: its parts in the order in which one thinks of them, checked while they are written. */
import { Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AlgorithmsAnswer, PolicyDetail } from '../../../contracts/policyApi.ts';
import { keepView } from '../../data/search.ts';
import { isSameDraft } from '../../definitions/draftState.ts';
import { FieldNotes, rootOf } from '../../definitions/FieldNotes.tsx';
import { NameFields } from '../../definitions/NameFields.tsx';
import { problemsOf } from '../../definitions/problems.ts';
import { save as saveWords } from '../../definitions/words.ts';
import '../../definitions/form.css';
import { FormPart } from '../../definitions/FormPart.tsx';
import { useDraft } from '../../definitions/useDraft.ts';
import { Headline } from '../../parts/Headline.tsx';
import { form as words } from '../formWords.ts';
import '../personalization.css';
import { checkQuery } from '../queries.ts';
import { words as common } from '../words.ts';
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

/** Without a keystroke for so long, the definition is checked, ms. */
const checkAfterMs = 400;

/** Fields that stand in a part of the form; problems with others are shown beside the save button. */
const placed = [
  ...['key', 'name', 'purpose', 'actions', 'control', 'open', 'algorithm', 'context', 'traits'],
  ...['reward', 'floor', 'holdout', 'segments', 'pins'],
];

export function PolicyForm({ id, initial, known, base, onNewer }: Props) {
  const { draft, past, restored, send } = useDraft(id, initial);
  const definition = useMemo(() => definitionOf(draft, known), [draft, known]);
  const [settled] = useDebouncedValue(definition, checkAfterMs);
  const check = useQuery({
    ...checkQuery(settled.policy),
    enabled: settled.faults.length === 0,
  });
  const judged = check.error === null ? (check.data?.problems ?? []) : problemsOf(check.error);
  const problems = definition.faults.length > 0 ? definition.faults : judged;
  // A form that has not been touched does not begin with reproaches.
  const untouched = isSameDraft(draft, initial);
  const shown = !untouched || base !== undefined ? problems : [];
  const change = (part: Partial<Draft>) => send({ kind: 'changed', part });
  const lose = (part: Partial<Draft>, lost: string) => send({ kind: 'lost', part, lost });
  const part: PartProps = { draft, problems: shown, change, lose };
  const name = base?.policy.name;
  return (
    <>
      <Headline
        page={
          <>
            <Link to="/personalization" search={keepView}>
              {common.eyebrow}
            </Link>
            {base !== undefined && (
              <>
                <span aria-hidden="true"> / </span>
                <Link
                  to="/personalization/$key"
                  params={{ key: base.policy.key }}
                  search={keepView}
                >
                  {name}
                </Link>
              </>
            )}
          </>
        }
        tone="none"
      >
        {name === undefined ? words.titleNew : words.titleEdit(name)}
      </Headline>
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
        <SavePanel
          id={id}
          definition={definition}
          problems={shown}
          unplaced={shown.filter(({ field }) => !placed.includes(rootOf(field)))}
          base={base}
          checking={check.isFetching || settled !== definition}
          checkError={check.error !== null && judged.length === 0 ? check.error : null}
          past={past}
          restored={restored}
          untouched={untouched}
          onUndo={() => send({ kind: 'undone' })}
          onDiscard={() => lose(initial, saveWords.discarded)}
          onNewer={onNewer}
        />
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
