/** The form of a definition: its parts in the order in which one thinks of them, checked while they are written. */
import { Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ExperimentDetail, MetricsOfExperiments } from '../../../contracts/experimentApi.ts';
import { keepView } from '../../data/search.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { NameFields } from '../../definitions/NameFields.tsx';
import { form as words } from '../../words/experimentForm.ts';
import { words as common } from '../../words/experiments.ts';
import { checkQuery } from '../queries.ts';
import { definitionOf } from './definition.ts';
import type { Draft } from './draft.ts';
import '../../definitions/form.css';
import { FormHead } from '../../definitions/FormHead.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { useForm } from '../../definitions/useForm.ts';
import { MeasuredFields } from './MeasuredFields.tsx';
import type { PartProps } from './part.ts';
import { primaryKind } from './primaryKind.ts';
import { SavePanel } from './SavePanel.tsx';
import { TargetingFields } from './TargetingFields.tsx';
import { VariantsFields } from './VariantsFields.tsx';

interface Props {
  /** Under which the draft is kept. */
  id: string;
  initial: Draft;
  /** The experiment that is changed; absent for a new one. */
  base?: ExperimentDetail;
  metrics: MetricsOfExperiments['metrics'];
  /** Takes over what somebody else has saved meanwhile; absent when nobody has. */
  onNewer?: () => void;
}

/** Fields that stand in a part of the form; problems with others are shown beside the save button. */
const placed = [
  'key',
  'name',
  'variants',
  'control',
  'unit',
  'traffic',
  'targeting',
  'layer',
  'metrics',
  'minimumEffect',
  'baseline',
  'plannedClusters',
  'gatherDays',
  'alpha',
  'segments',
  'sticky',
  'salt',
  'hash',
  'holdouts',
];

/** Stages are the engine's: it begins a new one by itself. */
const engines = ['stages'];

export function ExperimentForm({ id, initial, base, metrics, onNewer }: Props) {
  const build = useCallback(
    (draft: Draft) =>
      definitionOf(draft, {
        base: base?.experiment,
        kind: primaryKind(draft.metrics, metrics),
      }),
    [base, metrics],
  );
  const { definition, part, standing } = useForm({
    ...{ id, initial, build, placed, engines, onNewer, isNew: base === undefined },
    check: ({ experiment }) => checkQuery({ experiment }),
  });
  const kind = primaryKind(part.draft.metrics, metrics);
  return (
    <>
      <FormHead
        list={
          <Link to="/experiments" search={keepView}>
            {common.eyebrow}
          </Link>
        }
        one={
          base && (
            <Link to="/experiments/$key" params={{ key: base.experiment.key }} search={keepView}>
              {base.experiment.name}
            </Link>
          )
        }
      >
        {base === undefined ? words.titleNew : words.titleEdit(base.experiment.name)}
      </FormHead>
      <div className="form-columns">
        <div className="form-parts">
          <AboutFields {...part} fixedKey={base !== undefined} />
          <VariantsFields {...part} />
          <TargetingFields {...part} />
          <MeasuredFields {...part} metrics={metrics} kind={kind} id={id} />
          <FurtherFields {...part} />
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
        label={words.hypothesis}
        description={words.hypothesisText}
        rows={2}
        maxLength={4_096}
        value={draft.hypothesis}
        onChange={({ currentTarget: { value } }) => change({ hypothesis: value })}
      />
    </FormPart>
  );
}

function FurtherFields({ draft, problems, change }: PartProps) {
  return (
    <details className="card form-part" open={draft.further !== '' || undefined}>
      <summary>{words.further}</summary>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.sticky}
          onChange={({ currentTarget: { checked } }) => change({ sticky: checked })}
        />
        {words.sticky}
      </label>
      <Textarea
        label={words.furtherJson}
        description={words.furtherText}
        className="code-field"
        rows={4}
        spellCheck={false}
        value={draft.further}
        onChange={({ currentTarget: { value } }) => change({ further: value })}
      />
      <FieldNotes fields={['salt', 'hash', 'holdouts', 'sticky']} problems={problems} />
    </details>
  );
}
