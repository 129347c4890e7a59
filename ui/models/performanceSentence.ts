/** How well a model does, in one sentence over its page. */
import type { ModelPerformance, SliceReading } from '../../contracts/performanceApi.ts';
import type { FigureName } from '../data/search.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { type CoursePoint, coursePoints } from './coursePoints.ts';
import { figureLooks, formatGap, formatPerformance } from './figures.ts';
import { isWorse } from './sliceStanding.ts';
import { figureWords, sentence as words } from './words.ts';

/**
 * @example
 * performanceSentence(performance, 'accuracy').word;
 * // "Accuracy held at 0.812; log loss is worst for algebra: 0.612, 0.052 above the whole."
 */
export function performanceSentence(performance: ModelPerformance, figure: FigureName): Judgement {
  const { tone, word } = courseWords(performance, figure);
  const where = performance.total.count === 0 ? undefined : sliceWords(performance);
  return { tone, word: `${where === undefined ? word : `${word}; ${where}`}.` };
}

function courseWords(performance: ModelPerformance, figure: FigureName): Judgement {
  const points = coursePoints(performance, figure);
  const name = figureWords[figure];
  const told = (value: number | null) => formatPerformance(figure, value);
  const newest = points.findLast(({ isSettled, realised }) => isSettled && realised !== null);
  if (newest === undefined) {
    const { expected, lower, upper } = points.at(-1) ?? noPoint;
    if (expected === null) return { tone: 'none', word: words.unknown(name) };
    return { tone: 'none', word: words.expected(name, told(expected), told(lower), told(upper)) };
  }
  const value = told(newest.realised);
  const { lower, upper } = newest;
  if (lower === null || upper === null) {
    const whole = performance.total.figures[figure] ?? null;
    const isAlone = points.length < 2 || whole === null;
    const word = isAlone ? words.plain(name, value) : words.compared(name, value, told(whole));
    return { tone: 'none', word };
  }
  const side = sideOf(newest, figure);
  if (side === 'within') return { tone: 'good', word: words.held(name, value) };
  const tone: Tone = side === 'worse' ? 'attention' : 'good';
  return { tone, word: words[side](name, value, told(lower), told(upper)) };
}

const noPoint = { expected: null, lower: null, upper: null };

function sideOf({ realised, lower, upper }: CoursePoint, figure: FigureName) {
  if (realised === null || lower === null || upper === null) return 'within';
  if (realised >= lower && realised <= upper) return 'within';
  const isAbove = realised > upper;
  return isAbove === (figureLooks[figure].better === 'higher') ? 'better' : 'worse';
}

/** Of all slices the value that does most harm and is not like the whole by chance. */
function sliceWords({ slices, sliceFigure }: ModelPerformance): string | undefined {
  const known = slices.filter(({ values }) => values.length > 0);
  if (known.length === 0) return undefined;
  let worst: { reading: SliceReading; whole: number | null } | undefined;
  for (const { whole, values } of known) {
    for (const reading of values) {
      if (!isWorse(reading, whole) || reading.harm <= (worst?.reading.harm ?? 0)) continue;
      worst = { reading, whole };
    }
  }
  if (worst === undefined) return words.noneWorse;
  const { value, estimate, gap } = worst.reading;
  const name = figureWords[sliceFigure as FigureName] ?? sliceFigure;
  const isAbove = (estimate ?? 0) > (worst.whole ?? 0);
  const distance = formatGap(sliceFigure, gap);
  return words.worst(
    name === 'AUC' ? name : name.toLowerCase(),
    formatPerformance(sliceFigure, estimate),
    value,
    isAbove ? words.above(distance) : words.below(distance),
  );
}
