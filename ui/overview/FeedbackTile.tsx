/** Whether anything comes back to learn from: outcomes of the model's predictions in the range, and their rate. */
import type { ModelDetail } from '../../contracts/api.ts';
import { changeWords } from '../format/changeWords.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatChange, formatCount } from '../format/numbers.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { Tile } from '../parts/Tile.tsx';
import { messages } from '../words/shell.ts';
import { behindModel } from './behindModel.ts';
import { feedbackOf } from './feedback.ts';

const words = messages.tiles;

interface Props {
  model: ModelDetail | undefined;
  modelless: boolean;
  /** In the range before, while the reader compares. */
  before: ModelDetail | undefined;
}

export function FeedbackTile({ model, modelless, before }: Props) {
  const { tick, phase } = useLive().state;
  const points = model?.points ?? [];
  const feedback = feedbackOf(points, model?.stepMs ?? 0);
  const rate = tick?.eventsPerSecond;
  const judgement: Judgement =
    rate === undefined
      ? { tone: 'none', word: phase === 'lost' ? messages.states.unknown : messages.states.none }
      : rate > 0
        ? { tone: 'good', word: words.flowing(formatCount(rate)) }
        : { tone: 'none', word: words.still };
  const perHour = (count: number) => words.perHour(formatCount(count));
  return (
    <Tile
      name={words.feedback}
      definition="feedback"
      figure={model === undefined && !modelless ? undefined : formatCount(feedback?.count ?? null)}
      judgement={judgement}
      note={
        feedback !== undefined && (
          <>
            {perHour(feedback.perHour)}, 95 % {formatCount(feedback.low)} …{' '}
            {formatCount(feedback.high)}
            <br />
            {feedback.change !== null && words.halves(formatChange(feedback.change, perHour))}
          </>
        )
      }
      before={
        before === undefined
          ? ''
          : changeWords(
              feedback?.count,
              feedbackOf(before.points, before.stepMs)?.count,
              formatCount,
            )
      }
      course={points.map(({ count }) => count)}
      behind={behindModel(model)}
    />
  );
}
