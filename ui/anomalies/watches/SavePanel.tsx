/** Saves a watch, and says before how often it would have alerted. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DefinedWatch, WatchChecked } from '../../../contracts/watchApi.ts';
import { keepView } from '../../data/search.ts';
import { storeDraft } from '../../definitions/draftStore.ts';
import { SavePanel as Panel, type Standing } from '../../definitions/SavePanel.tsx';
import { formatMoment } from '../../format/times.ts';
import { form as words } from '../../words/watchForm.ts';
import { fieldName } from '../../words/watchSettings.ts';
import { backTestWords } from './backTest.ts';
import type { Definition } from './definition.ts';
import { writeDefinition } from './queries.ts';

interface Props extends Standing {
  id: string;
  definition: Definition;
  base: DefinedWatch | undefined;
  /** Undefined while the definition cannot be read, or is being checked for the first time. */
  checked: WatchChecked | undefined;
}

export function SavePanel({ id, definition, base, checked, ...standing }: Props) {
  const { watch } = definition;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (reason: string) =>
      writeDefinition('watches', watch.key, {
        ...{ definition: watch, reason },
        revision: base?.revision ?? 0,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['watches'] });
      await navigate({ to: '/anomalies/watches', search: keepView });
      // After the form has gone: it would be stored again.
      storeDraft(id, undefined);
    },
    onError: () => queries.invalidateQueries({ queryKey: ['watches'] }),
  });
  const isSound = checked?.problems.every(({ severity }) => severity !== 'problem') === true;
  return (
    <Panel
      {...standing}
      what="watch"
      isNew={base === undefined}
      create={words.create}
      unreadable={definition.faults.length > 0}
      save={save}
      nameOf={fieldName}
    >
      {isSound && (
        <div className="notice" aria-live="polite">
          {backTestWords({ ...checked, budgetPerWeek: budgetIn(watch) }).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <Examples examples={checked.examples} />
        </div>
      )}
      <p className="muted">
        {watch['isActive'] === false
          ? words.saveOff
          : base === undefined
            ? words.saveNew
            : words.saveOn}
      </p>
    </Panel>
  );
}

/** Alerts of the back-test that are told. */
const examplesMax = 3;

function Examples({ examples }: Pick<WatchChecked, 'examples'>) {
  if (examples.length === 0) return null;
  return (
    <ul className="consequences">
      {examples.slice(0, examplesMax).map(({ key, headline, since }) => (
        <li key={`${since} ${key.join(' ')}`}>
          {words.example(formatMoment(since, Date.now()), headline)}
        </li>
      ))}
    </ul>
  );
}

function budgetIn({ judgement }: Definition['watch']): number | undefined {
  const { budgetPerWeek } = (judgement ?? {}) as { budgetPerWeek?: unknown };
  return typeof budgetPerWeek === 'number' ? budgetPerWeek : undefined;
}
