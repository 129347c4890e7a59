/** What is another in a card since it was read, in sentences: told when somebody acts on what is not the newest. */

import type { Card, Finding } from '../../contracts/insight.ts';
import { same as isSame } from '../../contracts/same.ts';
import { cut } from '../format/cut.ts';
import { changes as words } from '../words/recommendations.ts';

/** Letters of a text that is told. */
const textMax = 300;
/** A score that changed by less is the same, as a part of it. */
const same = 0.1;

export function whatChanged(before: Card, after: Card): string[] {
  const [was, is] = [before.finding, after.finding];
  const isAccepted = after.accepted !== null && before.accepted === null;
  const said = [
    ...(before.state === after.state || isAccepted ? [] : [words.state(words.states[after.state])]),
    ...(isAccepted && after.accepted !== null
      ? [words.by(cut(after.accepted.actor, textMax), cut(after.accepted.label, textMax))]
      : []),
    ...(was.changed === is.changed ? [] : [words.lead(cut(is.changed, textMax))]),
    ...actionChanges(was, is),
    ...scoreChange(before.score, after.score),
    ...otherChanges(before.others, after.others),
    ...after.answers
      .filter((answer) => !before.answers.some((each) => isSame(each, answer)))
      .map(({ actor, answer }) => words.answered(cut(actor, textMax), answer)),
  ];
  return said.length === 0 ? [words.figures] : said;
}

function actionChanges({ action: was }: Finding, { action: is }: Finding): string[] {
  if (is === null) return was === null ? [] : [words.noAction];
  if (was?.label !== is.label) return [words.action(cut(is.label, textMax))];
  if (was.consequence !== is.consequence) return [words.consequence(cut(is.consequence, textMax))];
  return isSame(was.request, is.request) ? [] : [words.request];
}

function scoreChange(was: number, is: number): string[] {
  if (Math.abs(is - was) <= same * Math.max(was, is)) return [];
  return [is > was ? words.higher : words.lower];
}

function otherChanges(was: readonly Finding[], is: readonly Finding[]): string[] {
  const kindsOf = (findings: readonly Finding[]) => new Set(findings.map(({ kind }) => kind));
  const [before, after] = [kindsOf(was), kindsOf(is)];
  const found = [...after].filter((kind) => !before.has(kind)).length;
  const gone = [...before].filter((kind) => !after.has(kind)).length;
  return [...(found > 0 ? [words.found(found)] : []), ...(gone > 0 ? [words.gone(gone)] : [])];
}
