/** The answer of the engine about one person: probabilities, the parts of a score, and what would change the choice. */
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyExplanation } from '../../contracts/policyApi.ts';
import type { AttributeSearch } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { formatShare, formatValue, missing } from '../format/numbers.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { user as words } from '../words/person.ts';
import { Contributions } from './Contributions.tsx';
import { nameOfAction } from './changes.ts';
import { changedWords, whySentence } from './explainWords.ts';

type Explained = PolicyExplanation['actions'][number];

interface Props {
  policy: Policy;
  explanation: PolicyExplanation;
  /** As they were told. */
  attributes: AttributeSearch;
  /** Takes other values of some attributes. */
  onTry(changed: AttributeSearch): void;
}

export function Explanation({ policy, explanation, attributes, onTry }: Props) {
  const { search, change } = useView();
  const { actions, reason, way } = explanation;
  const chosen = actions.find(({ action }) => action === search.action) ?? actions[0];
  const plain: Column<Explained>[] = [
    { label: words.action, head: true, cell: ({ action }) => nameOfAction(policy, action) },
    {
      label: words.probability,
      number: true,
      cell: ({ probability }) => formatShare(probability),
    },
  ];
  const scored: Column<Explained>[] = [
    {
      label: words.score,
      number: true,
      minor: true,
      cell: ({ mean, deviation }) =>
        mean === null || deviation === null
          ? missing
          : words.scoreText(formatValue(mean), formatValue(deviation)),
    },
    {
      label: words.explain,
      cell: ({ action }) => (
        <button
          type="button"
          className="text-button"
          aria-pressed={action === chosen?.action}
          aria-label={words.explained(nameOfAction(policy, action))}
          onClick={() => change({ action })}
        >
          {words.explain}
        </button>
      ),
    },
  ];
  return (
    <>
      <div className="card flush">
        <h2 className="card-title">{words.actions}</h2>
        <DataTable
          label={words.actions}
          columns={way === 'objection' ? plain : [...plain, ...scored]}
          rows={actions}
          keyOf={({ action }) => action}
          selected={({ action }) => action === chosen?.action}
        />
        <p className="card-note muted">{words.by(reason)}</p>
      </div>
      {way === 'objection' ? (
        <section className="card stack">
          <h2>{words.notPersonalized}</h2>
          <p>{words.notPersonalizedText}</p>
        </section>
      ) : (
        <Why
          policy={policy}
          explanation={explanation}
          chosen={chosen}
          attributes={attributes}
          onTry={onTry}
        />
      )}
    </>
  );
}

interface WhyProps extends Props {
  chosen: Explained | undefined;
}

/** Why the chosen action has its score, and what would have to be different. */
function Why({ policy, explanation: { otherwise, way }, chosen, attributes, onTry }: WhyProps) {
  return (
    <>
      {chosen !== undefined && (
        <section className="card stack" aria-live="polite">
          <h2>{words.why(nameOfAction(policy, chosen.action))}</h2>
          {chosen.reasons.length === 0 ? (
            <p className="muted">{words.notLearnt}</p>
          ) : (
            <>
              <p>{whySentence(chosen.reasons, attributes)}</p>
              <p className="muted">{words.whyText}</p>
              <Contributions explained={chosen} attributes={attributes} />
            </>
          )}
        </section>
      )}
      <section className="card stack">
        <h2>{words.otherwise}</h2>
        {way === 'holdout' ? (
          <p className="muted">{words.otherwiseHeld}</p>
        ) : otherwise.length === 0 ? (
          <p className="muted">{words.noOtherwise}</p>
        ) : (
          <>
            <p className="muted">{words.otherwiseText}</p>
            <ul className="otherwise">
              {otherwise.map((each) => (
                <li key={each.sentence}>
                  <span>
                    {words.sentence(
                      changedWords(each.attributes),
                      nameOfAction(policy, each.action),
                    )}
                  </span>
                  <button
                    type="button"
                    className="button small"
                    onClick={() => onTry(scalarsOf(each.attributes))}
                  >
                    {words.try}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </>
  );
}

function scalarsOf(attributes: Readonly<Record<string, unknown>>): AttributeSearch {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      (entry): entry is [string, string | number | boolean] => typeof entry[1] !== 'object',
    ),
  );
}
