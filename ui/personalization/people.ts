/** Whom a condition admits, as the beginning of a sentence. */
import type { Condition } from '../../contracts/condition.ts';
import { conditionWords } from '../definitions/conditionWords.ts';
import { people as words } from '../words/policyChanges.ts';

/** "Everybody whose track is evening" */
export function peopleWords(condition: Condition): string {
  const isEverybody = 'all' in condition && condition.all.length === 0;
  return isEverybody ? words.everybody : words.whose(conditionWords(condition));
}
