/** The form of a definition: its parts in the order in which one thinks of them, checked while they are written. */
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ExperimentDetail, MetricsOfExperiments } from '../../../contracts/experimentApi.ts';
import { keepView } from '../../data/search.ts';
import { FieldNotes, rootOf } from '../../definitions/FieldNotes.tsx';
import { NameFields } from '../../definitions/NameFields.tsx';
import { problemsOf } from '../../definitions/problems.ts';
import { save as saveWords } from '../../definitions/words.ts';
import { Headline } from '../../parts/Headline.tsx';
import { form as words } from '../formWords.ts';
import { checkQuery } from '../queries.ts';
import { words as common } from '../words.ts';
import { definitionOf } from './definition.ts';
import type { Draft } from './draft.ts';
import '../../definitions/form.css';
import { isSameDraft } from '../../definitions/draftState.ts';
import { FormPart } from '../../definitions/FormPart.tsx';
import { useDraft } from '../../definitions/useDraft.ts';
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

/** Without a keystroke for so long, the definition is checked, ms. */
const checkAfterMs = 400;

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

export function ExperimentForm({ id, initial, base, metrics, onNewer }: Props) {
  const { draft, past, restored, send } = useDraft(id, initial);
  const kind = primaryKind(draft.metrics, metrics);
  const definition = useMemo(
    () => definitionOf(draft, { base: base?.experiment, kind }),
    [draft, base, kind],
  );
  const [settled] = useDebouncedValue(definition, checkAfterMs);
  const check = useQuery({
    ...checkQuery({ experiment: settled.experiment }),
    enabled: settled.faults.length === 0,
  });
  const said = check.error === null ? (check.data?.problems ?? []) : problemsOf(check.error);
  // Stages are the engine's: it begins a new one by itself.
  const judged = said.filter(({ field }) => rootOf(field) !== 'stages');
  const problems = definition.faults.length > 0 ? definition.faults : judged;
  // A form that has not been touched does not begin with reproaches.
  const untouched = isSameDraft(draft, initial);
  const touched = !untouched || base !== undefined;
  const shown = touched ? problems : [];
  const change = (part: Partial<Draft>) => send({ kind: 'changed', part });
  const lose = (part: Partial<Draft>, lost: string) => send({ kind: 'lost', part, lost });
  const part: PartProps = { draft, problems: shown, change, lose };
  const name = base?.experiment.name;
  return (
    <>
      <Headline
        page={
          <>
            <Link to="/experiments" search={keepView}>
              {common.eyebrow}
            </Link>
            {base !== undefined && (
              <>
                <span aria-hidden="true"> / </span>
                <Link
                  to="/experiments/$key"
                  params={{ key: base.experiment.key }}
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
          <VariantsFields {...part} />
          <TargetingFields {...part} />
          <MeasuredFields {...part} metrics={metrics} kind={kind} id={id} />
          <FurtherFields {...part} />
        </div>
        <SavePanel
          id={id}
          definition={definition}
          problems={shown}
          unplaced={shown.filter(({ field }) => !placed.includes(rootOf(field)))}
          base={base}
          checking={check.isFetching || settled !== definition}
          checkError={
            check.error !== null && said.length === 0 && definition.faults.length === 0
              ? check.error
              : null
          }
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
