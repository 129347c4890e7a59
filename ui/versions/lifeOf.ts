/** Where a version stands, as a word and a sentence. */
import type { ListedVersion, ModelLife } from '../../contracts/modelLifeApi.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatDuration, formatShare } from '../format/numbers.ts';
import { detail, roleWords } from '../words/versions.ts';
import { servedMs, shareNow } from './traffic.ts';

/** Its most telling role. */
export function roleOf({ version, roles, deleted }: ListedVersion, life: ModelLife): Judgement {
  if (roles.includes('champion')) return { tone: 'good', word: roleWords.champion };
  if (roles.includes('challenger')) {
    // A former champion, in the trial of the new one, is on its way nowhere.
    const onTrial = life.release !== null && isTrial(life.release);
    if (onTrial) return { tone: 'none', word: roleWords.shadow };
    return { tone: 'attention', word: roleWords.challenger };
  }
  if (roles.includes('shadow')) return { tone: 'none', word: roleWords.shadow };
  if (deleted) return { tone: 'none', word: roleWords.deleted };
  const was = servedMs(life.served, version, 0) > 0;
  return { tone: 'none', word: was ? roleWords.former : roleWords.none };
}

export function versionSentence(listed: ListedVersion, life: ModelLife, now: number): Judgement {
  const { version, roles, deleted, gatesPassed } = listed;
  const words = detail.sentence;
  const share = formatShare(shareNow(life.served, version));
  if (roles.includes('champion')) return { tone: 'good', word: words.champion(version, share) };
  if (roles.includes('challenger')) {
    const isShadow = life.release?.phase === 'shadow';
    const word = isShadow ? words.releaseShadow(version) : words.release(version, share);
    return { tone: 'attention', word };
  }
  if (roles.includes('shadow')) return { tone: 'none', word: words.shadow(version) };
  if (deleted) return { tone: 'none', word: words.deleted(version) };
  const spentMs = servedMs(life.served, version, now);
  if (spentMs > 0) return { tone: 'none', word: words.former(version, formatDuration(spentMs)) };
  if (gatesPassed === false) return { tone: 'bad', word: words.refused(version) };
  return { tone: 'none', word: words.idle(version) };
}

/** Versions that could be the champion in its place: the last that was first, then the newest. */
export function candidatesOf({ versions, champion, served }: ModelLife): readonly ListedVersion[] {
  const before = served.findLast(({ shares }) => {
    const [most] = shares.toSorted((a, b) => b.share - a.share);
    return most !== undefined && most.version !== champion && most.share > 0.5;
  });
  const last = before?.shares.toSorted((a, b) => b.share - a.share)[0]?.version;
  const others = versions.filter(({ version, deleted }) => version !== champion && !deleted);
  return others.toSorted((a, b) => Number(b.version === last) - Number(a.version === last));
}

/** Versions whose release could be begun: those with a file that are not under way. */
export function releasable({ versions, champion, release }: ModelLife): readonly ListedVersion[] {
  return versions.filter(
    ({ version, deleted, kind }) =>
      version !== champion && version !== release?.version && !deleted && kind !== 'online',
  );
}
