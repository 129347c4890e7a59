/** The words for what has changed, each with a sentence and since when; and the one for everything together. */
import type { DriftAlarm, DriftAnswer, DriftColumn, DriftWord } from '../../contracts/driftApi.ts';
import { type DriftFlags, driftKind } from '../../stats/drift/driftKind.ts';
import { columnName } from './columnDrift.ts';

/** What the alarms of detectors say: see `pipelines/drift.ts`. */
const residuals = 'answer_residual';
const levels = 'answer_level';

const nothing: DriftFlags = {
  isQualityBroken: false,
  haveInputsMoved: false,
  haveLabelsMoved: false,
  haveResidualsMoved: false,
};

/** An alarm of which it is not known when it was may be of years ago: it is no word for what is so now. */
export function driftWordsOf(
  columns: readonly DriftColumn[],
  raised: readonly DriftAlarm[],
): Pick<DriftAnswer, 'words' | 'word'> {
  const alarms = raised.filter(({ at }) => at !== null);
  const breaks = columns.flatMap(brokenNow);
  const moved = columns.filter(({ standing }) => standing.since !== null);
  const inputs = moved.filter(({ role }) => role === 'input');
  const all: DriftFlags = {
    isQualityBroken: breaks.length > 0,
    haveInputsMoved: inputs.length > 0,
    haveLabelsMoved:
      moved.some(({ role }) => role === 'label') ||
      alarms.some(({ statistic }) => statistic !== residuals),
    haveResidualsMoved: alarms.some(({ statistic }) => statistic === residuals),
  };
  const ofColumns = moved.flatMap((column): DriftWord[] => {
    // What moved because its values are broken is told as that.
    if (column.role === 'prediction' || breaks.some((each) => each.column === column.column)) {
      return [];
    }
    const isLabel = column.role === 'label';
    const word = driftKind({
      ...nothing,
      haveInputsMoved: isLabel ? all.haveInputsMoved : true,
      haveLabelsMoved: isLabel,
    });
    const sentence = columnSentence(column, all);
    const { since } = column.standing;
    const subject = columnName(column.column);
    return [{ word: word!, subject, column: column.column, sentence, since }];
  });
  const words = [...breaks, ...alarmWords(alarms), ...ofColumns];
  return { words, word: driftKind(all) ?? null };
}

function columnSentence({ column, role }: DriftColumn, all: DriftFlags): string {
  if (role === 'label') {
    return all.haveInputsMoved
      ? 'Outcomes are other than in the reference, as inputs are: other users come, or they do other things.'
      : 'Outcomes are more or less frequent than in the reference, though no input that is profiled shows why.';
  }
  const follows = all.haveResidualsMoved
    ? 'Some of what follows from inputs has changed as well: see concept drift.'
    : 'The model still knows what follows from it.';
  return `Values of ${columnName(column)} are other than in the reference. ${follows}`;
}

/** Of the newest day that has a profile; since the first of the days in a row that were so. */
function brokenNow({ column, days, breaks }: DriftColumn): DriftWord[] {
  const stored = days.filter(({ rows }) => rows > 0);
  const newest = stored.at(-1)?.day;
  const now = breaks.filter(({ day }) => day === newest);
  return now.map(({ kind, sentence }) => {
    const broken = new Set(breaks.filter((each) => each.kind === kind).map(({ day }) => day));
    let first = stored.length - 1;
    while (first > 0 && broken.has(stored[first - 1]!.day)) first -= 1;
    return {
      ...{ word: 'data-quality break', subject: columnName(column), column, sentence },
      since: stored[first]!.day,
    } as const;
  });
}

/** One word for a key: residuals say more than levels. */
function alarmWords(alarms: readonly DriftAlarm[]): DriftWord[] {
  const keys = [...new Set(alarms.map(({ key }) => key))];
  return keys.flatMap((key): DriftWord[] => {
    const own = alarms.filter((alarm) => alarm.key === key);
    const residual = own.find(({ statistic }) => statistic === residuals);
    const level = own.find(({ statistic }) => statistic === levels);
    const rating = own.find(({ statistic }) => ![residuals, levels].includes(statistic));
    const told = residual ?? level;
    return [told, rating].flatMap((alarm): DriftWord[] => {
      if (alarm === undefined) return [];
      const word = driftKind({
        ...nothing,
        haveLabelsMoved: true,
        haveResidualsMoved: alarm === residual,
      })!;
      const { at, before, after } = alarm;
      const change = before !== null && after !== null && after > before ? 'more' : 'less';
      const sentence =
        alarm === residual
          ? `Answers of ${key} are right ${change} often than the model has learnt to expect. When its quality stays worse, retrain.`
          : alarm === level
            ? `Answers of ${key} are right ${change} often than before, and the model expected it.`
            : `${key} is rated ${change === 'more' ? 'higher' : 'lower'} than before.`;
      return [{ word, subject: key, column: null, sentence, since: at }];
    });
  });
}
