/** Four figures of all windows together, with their course. */
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import type { FigureName } from '../data/search.ts';
import { changeWords } from '../format/changeWords.ts';
import { type Judgement, judgeAuc, judgeCalibration } from '../format/judgements.ts';
import { formatCount } from '../format/numbers.ts';
import { Tile } from '../parts/Tile.tsx';
import { better, figureTexts, figureWords, tiles as words } from '../words/models.ts';
import { coursePoints } from './coursePoints.ts';
import { figureLooks, formatPerformance } from './figures.ts';

const shown = {
  probability: ['accuracy', 'auc', 'logLoss', 'calibrationError'],
  number: ['meanAbsoluteError', 'rootMeanSquareError', 'bias', 'explained'],
} as const satisfies Record<ModelPerformance['kind'], readonly FigureName[]>;

interface Props {
  performance: ModelPerformance;
  /** As many windows before, while the reader compares. */
  before: ModelPerformance | undefined;
}

export function DetailTiles({ performance, before }: Props) {
  return (
    <ul className="tiles narrow four" aria-label={words.label}>
      {shown[performance.kind].map((figure) => (
        <FigureTile key={figure} performance={performance} figure={figure} before={before} />
      ))}
    </ul>
  );
}

function FigureTile({ performance, figure, before }: Props & { figure: FigureName }) {
  const { count, figures } = performance.total;
  const value = figures[figure] ?? null;
  return (
    <Tile
      name={figureWords[figure]}
      definition={{ means: figureTexts[figure] }}
      figure={formatPerformance(figure, value)}
      judgement={judged(figure, value)}
      note={count === 0 ? words.none : words.count(formatCount(count))}
      before={changeWords(value, before?.total.figures[figure], (given) =>
        formatPerformance(figure, given),
      )}
      course={coursePoints(performance, figure).map(({ realised }) => realised)}
    />
  );
}

/** What has no limits is not judged. */
function judged(figure: FigureName, value: number | null): Judgement {
  if (figure === 'auc') return judgeAuc(value);
  if (figure === 'calibrationError') return judgeCalibration(value);
  return { tone: 'none', word: better[figureLooks[figure].better] };
}
