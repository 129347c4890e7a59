/** How the models do, in one sentence over their list. */
import type { ModelsAnswer } from '../../contracts/api.ts';
import type { WatchedModelSummary } from '../../contracts/performanceApi.ts';
import { type Judgement, judgeAuc, judgeCalibration } from '../format/judgements.ts';
import { list as words } from '../words/models.ts';

type Own = ModelsAnswer['models'][number];

/** Judged by the limits that all pages have: the worst kind of trouble is told. */
export function listSentence(
  own: readonly Own[],
  outside: readonly WatchedModelSummary[],
): Judgement {
  const count = own.length + outside.length;
  if (count === 0) return { tone: 'none', word: words.none };
  const judged = [
    ...own.map(({ name, overall }) => ({
      ...{ name, count: overall.count, auc: overall.auc, error: overall.calibrationError },
    })),
    ...outside
      .filter(({ kind }) => kind === 'probability')
      .map(({ model: name, total: { count: labelled, figures } }) => ({
        ...{ name, count: labelled, auc: figures['auc'] ?? null },
        error: figures['calibrationError'] ?? null,
      })),
  ];
  const names = (chosen: readonly { readonly name: string }[]) =>
    [...new Set(chosen.map(({ name }) => name))].join(', ');
  const isWeak = judged.filter(({ auc }) => judgeAuc(auc).tone === 'bad');
  const isOff = judged.filter(({ error }) =>
    ['attention', 'bad'].includes(judgeCalibration(error).tone),
  );
  const isUnlabelled = judged.filter((each) => each.count === 0);
  const all = words.count(count, outside.length);
  if (isWeak.length > 0) {
    return { tone: 'bad', word: `${all}: ${words.weak(names(isWeak))}.` };
  }
  if (isOff.length > 0) {
    return { tone: 'attention', word: `${all}: ${words.uncalibrated(names(isOff))}.` };
  }
  if (isUnlabelled.length > 0) {
    return { tone: 'none', word: `${all}: ${words.unlabelled(names(isUnlabelled))}.` };
  }
  return { tone: 'good', word: `${all}: ${words.well}.` };
}
