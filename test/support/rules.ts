/** The smallest definition that has a life: to try what all kinds of definitions have in common. */
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { Store } from '../../contracts/store.ts';
import { DefinitionBook } from '../../control/definitions/definitionBook.ts';
import {
  jsonOf,
  type Kind,
  type Known,
  knownDefinition,
} from '../../control/definitions/knownDefinition.ts';

export interface Rule {
  readonly revision: number;
  readonly text: string;
  readonly state: DefinitionState;
}

export const ruleKind: Kind<Rule> = {
  read(row) {
    const rule = jsonOf(row.definition) as Rule | undefined;
    return rule?.revision === row.revision ? rule : undefined;
  },
  stateOf: ({ state }) => state,
  isIdle: ({ state }) => state === 'draft',
  describe: (before, { text }) => (before === undefined ? 'Created' : `${before.text} → ${text}`),
};

export function makeRule(revision: number, text = 'a', state: DefinitionState = 'running'): Rule {
  return { revision, text, state };
}

export function openRules(
  store: Store,
  tell: (sentence: string) => void,
  clock: () => number,
  onRead?: (known: Known<Rule>) => void,
): DefinitionBook<Known<Rule>> {
  return new DefinitionBook<Known<Rule>>({
    store,
    kind: 'rule',
    known: (rows) => knownDefinition(rows, ruleKind, tell),
    ...(onRead && { onRead }),
    tell,
    clock,
    settleMs: 0,
  });
}
