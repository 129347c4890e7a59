/** The form of a watch: its parts in the order in which one thinks of them, checked while they are written. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DefinedWatch } from '../../../contracts/watchApi.ts';
import { keepView, laneNames } from '../../data/search.ts';
import { useMay } from '../../data/useMay.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import '../../definitions/form.css';
import { FormHead } from '../../definitions/FormHead.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { NameFields } from '../../definitions/NameFields.tsx';
import { useForm } from '../../definitions/useForm.ts';
import '../anomalies.css';
import { Belongs } from '../../parts/Belongs.tsx';
import { SubjectNotice } from '../../recommendations/SubjectNotice.tsx';
import { words as common } from '../../words/anomalies.ts';
import { form as words } from '../../words/watchForm.ts';
import { page } from '../../words/watchSettings.ts';
import { definitionOf } from './definition.ts';
import type { Draft } from './draft.ts';
import { JudgementFields } from './JudgementFields.tsx';
import type { PartProps } from './part.ts';
import { checkQuery, routesQuery } from './queries.ts';
import { SavePanel } from './SavePanel.tsx';
import { SourceFields } from './SourceFields.tsx';
import { Ticks } from './Ticks.tsx';
import { TimingFields } from './TimingFields.tsx';

interface Props {
  /** Under which the draft is kept. */
  id: string;
  initial: Draft;
  /** The watch that is changed; absent for a new one. */
  base?: DefinedWatch;
  /** Takes over what somebody else has saved meanwhile; absent when nobody has. */
  onNewer?: () => void;
}

/** Fields that stand in a part of the form; problems with others are shown beside the save button. */
const placed = [
  ...['key', 'name', 'purpose', 'lane', 'severity', 'runbook', 'source', 'judgement'],
  ...['pendingMs', 'clearMs', 'refractoryMs', 'noDataMs', 'routes'],
];

export function WatchForm({ id, initial, base, onNewer }: Props) {
  const { definition, part, standing, checked } = useForm({
    ...{ id, initial, build: definitionOf, placed, onNewer, isNew: base === undefined },
    check: ({ watch }) => checkQuery(watch),
    // It tells how often it would have alerted, of single keys.
    mayCheck: useMay('people'),
  });
  return (
    <>
      <FormHead
        list={
          <Link to="/anomalies" search={keepView}>
            {common.eyebrow}
          </Link>
        }
        one={
          <Link to="/anomalies/watches" search={keepView}>
            {page.title}
          </Link>
        }
      >
        {base === undefined ? words.titleNew : words.titleEdit(base.definition.name)}
      </FormHead>
      {base !== undefined && (
        <p className="standing">
          <Belongs kind="watch" of={base.definition.key} name={base.definition.name} />
        </p>
      )}
      {base !== undefined && <SubjectNotice kind="watch" of={base.definition.key} />}
      <div className="form-columns">
        <div className="form-parts">
          <AboutFields {...part} fixedKey={base !== undefined} />
          <SourceFields {...part} />
          <JudgementFields {...part} />
          <TimingFields {...part} />
          <ToldFields {...part} />
        </div>
        <SavePanel id={id} definition={definition} base={base} checked={checked} {...standing} />
      </div>
    </>
  );
}

function AboutFields({ draft, problems, change, fixedKey }: PartProps & { fixedKey: boolean }) {
  return (
    <FormPart title={words.what}>
      <NameFields draft={draft} problems={problems} change={change} fixedKey={fixedKey} />
      <div className="field-row even">
        <NativeSelect
          label={words.lane}
          description={common.laneTexts[draft.lane]}
          data={laneNames.map((value) => ({ value, label: common.lanes[value] }))}
          value={draft.lane}
          onChange={({ currentTarget: { value } }) => change({ lane: value as Draft['lane'] })}
        />
        <NativeSelect
          label={words.severity}
          description={words.severityText}
          data={(['low', 'high'] as const).map((value) => ({
            value,
            label: common.severities[value],
          }))}
          value={draft.severity}
          onChange={({ currentTarget: { value } }) =>
            change({ severity: value as Draft['severity'] })
          }
        />
      </div>
      <Textarea
        label={words.purpose}
        description={words.purposeText}
        rows={2}
        maxLength={2_000}
        value={draft.purpose}
        onChange={({ currentTarget: { value } }) => change({ purpose: value })}
      />
      <TextInput
        type="url"
        label={words.runbook}
        description={words.runbookText}
        placeholder="https://"
        value={draft.runbook}
        onChange={({ currentTarget: { value } }) => change({ runbook: value })}
      />
      <FieldNotes fields={['purpose', 'lane', 'severity', 'runbook']} problems={problems} />
    </FormPart>
  );
}

function ToldFields({ draft, problems, change }: PartProps) {
  const { data } = useQuery(routesQuery);
  const known = (data?.routes ?? []).map(({ definition }) => ({
    value: definition.key,
    label: definition.name,
  }));
  // What it names stays to be seen, and to be taken away.
  const gone = draft.routes
    .filter((key) => !known.some(({ value }) => value === key))
    .map((value) => ({ value, label: value }));
  const choices = [...known, ...gone];
  return (
    <FormPart title={words.told} text={choices.length === 0 ? words.noRoutes : words.toldText}>
      {choices.length > 0 && (
        <Ticks
          title={page.routes}
          choices={choices}
          chosen={draft.routes}
          onChange={(routes) => change({ routes })}
        />
      )}
      <FieldNotes fields={['routes']} problems={problems} />
      <label className="check">
        <input
          type="checkbox"
          checked={draft.isActive}
          onChange={({ currentTarget }) => change({ isActive: currentTarget.checked })}
        />
        {words.active}
      </label>
    </FormPart>
  );
}
