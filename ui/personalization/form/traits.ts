/** Traits of an action as a line of text: "topic = sports, minutes = 5". */
import type { Scalar } from '../../../contracts/condition.ts';
import { scalarOf, scalarText } from '../../definitions/conditionRows.ts';
import { form as words } from '../../words/policyForm.ts';

/** What stands between two, but not within quotes. */
const separator = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

export function traitsText(traits: Readonly<Record<string, Scalar>>): string {
  return Object.entries(traits)
    .map(([name, value]) => `${name} = ${quoted(value)}`)
    .join(', ');
}

/** @throws TypeError in words for the reader for a part that is no trait */
export function traitsOf(text: string): Record<string, Scalar> {
  const parts = text.split(separator).filter((part) => part.trim() !== '');
  return Object.fromEntries(
    parts.map((part): [string, Scalar] => {
      const [, name, value] = /^\s*([^\s=]+)\s*=(.+)$/.exec(part) ?? [];
      if (name === undefined || value === undefined || value.trim() === '') {
        throw new TypeError(words.faults.traits(part.trim()));
      }
      return [name, scalarOf(value)];
    }),
  );
}

function quoted(value: Scalar): string {
  const text = scalarText(value);
  return typeof value === 'string' && text === value && /[,=]/.test(value) ? `"${value}"` : text;
}
