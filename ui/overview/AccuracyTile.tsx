/** How well the model tells outcomes apart, over all time and lately. */
import type { ModelDetail } from '../../contracts/api.ts';
import { aucInterval } from '../format/aucInterval.ts';
import { changeWords } from '../format/changeWords.ts';
import { judgeAuc } from '../format/judgements.ts';
import { formatChange, formatCount, formatRatio } from '../format/numbers.ts';
import { Tile } from '../parts/Tile.tsx';
import { messages } from '../words/shell.ts';
import { rangeAuc } from './rangeAuc.ts';

const words = messages.tiles;

interface Props {
  model: ModelDetail | undefined;
  /** No model is known, as opposed to not yet loaded. */
  modelless: boolean;
  /** In the range before, while the reader compares. */
  before: ModelDetail | undefined;
}

export function AccuracyTile({ model, modelless, before }: Props) {
  const overall = model?.overall;
  const auc = overall?.auc ?? null;
  const interval = overall === undefined ? undefined : aucInterval(overall);
  const recent = model?.recent.auc ?? null;
  const points = model?.points ?? [];
  return (
    <Tile
      name={words.accuracy}
      definition="aucOverall"
      figure={model === undefined && !modelless ? undefined : formatRatio(auc)}
      judgement={judgeAuc(auc)}
      note={
        overall !== undefined && (
          <>
            {interval === undefined
              ? words.predictions(formatCount(overall.count))
              : words.interval(
                  formatRatio(interval.lower),
                  formatRatio(interval.upper),
                  formatCount(overall.count),
                )}
            <br />
            {recent !== null &&
              auc !== null &&
              `${formatChange(recent - auc, formatRatio)} ${words.recentVersusAll}`}
          </>
        )
      }
      before={
        before === undefined
          ? ''
          : changeWords(rangeAuc(points), rangeAuc(before.points), formatRatio)
      }
      course={points.map((point) => point.auc)}
    />
  );
}
