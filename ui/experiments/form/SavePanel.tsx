/** Saves an experiment, and says before what that would mean. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ExperimentDetail } from '../../../contracts/experimentApi.ts';
import { keepView } from '../../data/search.ts';
import { storeDraft } from '../../definitions/draftStore.ts';
import { SavePanel as Panel, type Standing } from '../../definitions/SavePanel.tsx';
import { fieldName } from '../../words/experiments.ts';
import { changeExperiment, createExperiment } from '../queries.ts';
import type { Definition } from './definition.ts';
import { outcomeOf } from './outcome.ts';

interface Props extends Standing {
  id: string;
  definition: Definition;
  base: ExperimentDetail | undefined;
}

export function SavePanel({ id, definition, base, ...standing }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const outcome = outcomeOf(definition.experiment, base?.experiment, Date.now());
  const save = useMutation({
    mutationFn: (reason: string) => {
      const { experiment } = definition;
      return base === undefined
        ? createExperiment({ experiment, reason })
        : changeExperiment(base.experiment.key, { experiment, reason, revision: base.revision });
    },
    onSuccess: async ({ experiment }) => {
      await queries.invalidateQueries({ queryKey: ['experiments'] });
      await navigate({
        to: '/experiments/$key',
        params: { key: experiment.key },
        search: (search) => ({ ...keepView(search), metric: undefined }),
      });
      // After the form has gone: it would be stored again.
      storeDraft(id, undefined);
    },
  });
  return (
    <Panel
      {...standing}
      what="experiment"
      isNew={base === undefined}
      unreadable={definition.faults.length > 0}
      refused={outcome?.refused === true}
      save={save}
      nameOf={fieldName}
    >
      {outcome !== undefined && (
        <div className={`notice ${outcome.tone}`} aria-live="polite">
          <p className="field-label">{outcome.title}</p>
          {outcome.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
    </Panel>
  );
}
