/** What is watched, in one sentence over its table. */
import type { WatchStanding } from '../../../contracts/watchApi.ts';
import type { Judgement } from '../../format/judgements.ts';
import { page as words } from '../../words/watchSettings.ts';

export function watchesSentence(watches: readonly WatchStanding[]): Judgement {
  if (watches.length === 0) return { tone: 'none', word: words.none };
  const on = watches.filter(({ state }) => state !== 'off');
  const blind = on.filter(({ state }) => state === 'error');
  if (blind.length > 0) {
    const names = blind.map(({ watch }) => watch.definition.name);
    return { tone: 'bad', word: words.trouble(on.length, names) };
  }
  if (on.length === 0) return { tone: 'none', word: words.watched(0) };
  const isTold = on.some(({ watch }) => watch.definition.routes.length > 0);
  const said = words.watched(on.length);
  if (!isTold) return { tone: 'attention', word: `${said} ${words.untold}` };
  return { tone: 'good', word: said };
}
