/** What the check says of a part of the form, beneath it. */
import { StateWord } from '../parts/StateWord.tsx';
import { problems as words } from '../words/definitions.ts';
import type { ProblemSaid } from './problems.ts';

interface Props {
  /** `variants`, with all that is in it, or one part: `algorithm.parameters.alpha`. */
  fields: readonly string[];
  problems: readonly ProblemSaid[];
}

export function FieldNotes({ fields, problems }: Props) {
  const own = problems.filter(({ field }) =>
    fields.some((each) => each === rootOf(field) || each === field || field.startsWith(`${each}.`)),
  );
  return (
    <ul className="field-notes" aria-live="polite">
      {own.map(({ severity, sentence, field }) => (
        <li key={`${field} ${sentence}`}>
          <StateWord tone={severity === 'problem' ? 'bad' : 'attention'}>
            {words.severities[severity]}
          </StateWord>
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}

/** `variants.0.key` is about the variants. */
export function rootOf(field: string): string {
  return field.split(/[./[]/).find((part) => part !== '' && part !== 'experiment') ?? '';
}
