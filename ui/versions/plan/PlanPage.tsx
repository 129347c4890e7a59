/** How a model is retrained, judged and released: the plan as a form, with the defaults and what each field means. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ModelLife } from '../../../contracts/modelLifeApi.ts';
import { ApiProblem } from '../../data/client.ts';
import { keepView } from '../../data/search.ts';
import '../../definitions/definitions.css';
import { isSameDraft } from '../../definitions/draftState.ts';
import { storeDraft } from '../../definitions/draftStore.ts';
import { FormHead } from '../../definitions/FormHead.tsx';
import '../../definitions/form.css';
import type { Part } from '../../definitions/FormPart.tsx';
import { SavePanel, type Standing } from '../../definitions/SavePanel.tsx';
import { useDraft } from '../../definitions/useDraft.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { save } from '../../words/definitions.ts';
import { NoModel } from '../NoModel.tsx';
import { lifeQuery, savePlan } from '../queries.ts';
import '../versions.css';
import { plan as words } from '../../words/versionPlan.ts';
import { words as common } from '../../words/versions.ts';
import { PlanParts } from './PlanParts.tsx';
import { changesOf, draftOf, labelOf, type PlanDraft, planOf, usualPlan } from './planDraft.ts';

export function PlanPage() {
  const { model } = useParams({ from: '/models/$model/versions/plan' });
  const answer = useQuery(lifeQuery(model));
  if (answer.data !== undefined) return <Edit key={model} newest={answer.data} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) return <NoModel />;
  return <Waiting answers={[answer]} height={480} />;
}

/** Keeps the plan with which the work began: another one, by somebody else, is said, not slipped in. */
function Edit({ newest }: { newest: ModelLife }) {
  const [base, setBase] = useState(newest);
  const written = JSON.stringify(base.plan);
  const isChanged = JSON.stringify(newest.plan) !== written;
  return (
    <PlanForm
      key={written}
      id={`plan:${base.model}:${written}`}
      base={base}
      // Events that leave the plan alone, such as the steps of a release, have revisions as well.
      revision={isChanged ? base.revision : newest.revision}
      onNewer={isChanged ? () => setBase(newest) : undefined}
    />
  );
}

interface Props {
  /** Under which the draft is kept. */
  id: string;
  base: ModelLife;
  revision: number;
  onNewer: (() => void) | undefined;
}

function PlanForm({ id, base, revision, onNewer }: Props) {
  const { model, plan } = base;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const initial = useMemo(() => draftOf(plan), [plan]);
  const { draft, past, restored, send } = useDraft<PlanDraft>(id, initial);
  const built = useMemo(() => planOf(draft, plan), [draft, plan]);
  const untouched = isSameDraft(draft, initial);
  const lose = (part: Partial<PlanDraft>, lost: string) => send({ kind: 'lost', part, lost });
  const saving = useMutation({
    mutationFn: (reason: string) => {
      if (built.plan === undefined) throw new RangeError('plan: expected one without faults');
      return savePlan(model, { plan: built.plan, revision, reason: reason.trim() });
    },
    onSuccess: () => {
      storeDraft(id, undefined);
      void navigate({ to: '/models/$model/versions', params: { model }, search: keepView });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['model-lives'] }),
  });
  const standing: Standing = {
    // Beside the button as well: the form is longer than the screen.
    ...{ problems: built.faults, unplaced: built.faults, checking: false, checkError: null },
    ...{ past, restored, untouched, onNewer },
    onUndo: () => send({ kind: 'undone' }),
    onDiscard: () => lose(initial, save.discarded),
  };
  const part: Part<PlanDraft> = {
    ...{ draft, problems: built.faults, lose },
    change: (changed) => send({ kind: 'changed', part: changed }),
  };
  return (
    <>
      <FormHead
        list={
          <Link to="/models" search={keepView}>
            {common.models}
          </Link>
        }
        one={
          <Link to="/models/$model/versions" params={{ model }} search={keepView}>
            {common.of(model)}
          </Link>
        }
      >
        {words.title(model)}
      </FormHead>
      <div className="form-columns">
        <div className="form-parts">
          <PlanParts {...part} />
          <button
            type="button"
            className="button plan-defaults"
            disabled={isSameDraft(draft, draftOf(usualPlan))}
            onClick={() => lose(draftOf(usualPlan), words.defaulted)}
          >
            {words.defaults}
          </button>
        </div>
        <SavePanel
          {...standing}
          what={words.what}
          isNew={false}
          unreadable={built.plan === undefined}
          save={saving}
          nameOf={(field) => labelOf(field.replace(/^plan\./, ''))}
        >
          {built.plan !== undefined && (
            <div className="plan-changes">
              <p className="field-label">{words.changes}</p>
              <ul className="consequences">
                {changesOf(plan, built.plan).map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
                <li>{words.effect}</li>
              </ul>
            </div>
          )}
        </SavePanel>
      </div>
    </>
  );
}
