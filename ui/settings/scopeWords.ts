/** Places in words: from the whole to its parts. */
import { type Place, placeLevels, type Scope } from '../../contracts/access.ts';
import { accounts, scope as words } from '../words/settings.ts';

/**
 * @example
 * scopeWords([{ institution: 'North', course: 'Algebra' }]); // 'North ▸ all ▸ Algebra'
 */
export function scopeWords(scope: Scope): string {
  return scope === 'everywhere' ? accounts.everywhere : scope.map(placeWords).join('; ');
}

function placeWords(place: Place): string {
  const names = placeLevels.map((level) => place[level]);
  const last = names.findLastIndex((name) => name !== undefined);
  if (last < 0) return accounts.everywhere;
  return names
    .slice(0, last + 1)
    .map((name) => name ?? words.any)
    .join(words.separator);
}
