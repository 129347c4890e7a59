/** How well a model does, in one sentence over its page. */
import type { ModelPerformance, SliceReading } from '../../contracts/performanceApi.ts';
import type { FigureName } from '../data/search.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { figureWords, sentence as words } from '../words/models.ts';
import { type CoursePoint, coursePoints } from './coursePoints.ts';
import { figureLooks, formatGap, formatPerformance } from './figures.ts';
import { isWorse } from './sliceStanding.ts';

/**
 * @example
 * performanceSentence(performance, 'accuracy').word;
 * // "Accuracy held at 0.812; log loss is worst for algebra: 0.612, 0.052 above the whole."
 */
export function performanceSentence(performance: ModelPerformance, figure: FigureName): Judgement {
  const { tone, word } = courseWords(performance, figure);
  const where = performance.total.count === 0 ? undefined : sliceWords(performance, figure);
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
  const toneOf = (side: 'worse' | 'better'): Tone => (side === 'worse' ? 'attention' : 'good');
  const side = sideOf(newest, figure);
  if (side !== 'within') {
    return { tone: toneOf(side), word: words[side](name, value, told(lower), told(upper)) };
  }
  // What is expected follows the window before: it may have followed it down.
  const before = usualBefore(points, newest);
  const half = (upper - lower) / 2;
  const since =
    before === undefined
      ? 'within'
      : sideOf({ ...newest, lower: before - half, upper: before + half }, figure);
  if (before === undefined || since === 'within') {
    return { tone: 'good', word: words.held(name, value) };
  }
  return { tone: toneOf(since), word: words.changed(name, value, told(before)) };
}

/** Windows before the newest that make a usual figure. */
const usualMin = 3;

/** Median of what came true before; undefined of too few windows. */
function usualBefore(points: readonly CoursePoint[], newest: CoursePoint): number | undefined {
  const before = points
    .filter(({ start, isSettled }) => isSettled && start < newest.start)
    .flatMap(({ realised }) => (realised === null ? [] : [realised]))
    .sort((a, b) => a - b);
  return before.length < usualMin ? undefined : before[Math.floor(before.length / 2)];
}

const noPoint = { expected: null, lower: null, upper: null };

function sideOf({ realised, lower, upper }: CoursePoint, figure: FigureName) {
  if (realised === null || lower === null || upper === null) return 'within';
  if (realised >= lower && realised <= upper) return 'within';
  const isAbove = realised > upper;
  return isAbove === (figureLooks[figure].better === 'higher') ? 'better' : 'worse';
}

/** Of all slices the value that does most harm and is not like the whole by chance. */
function sliceWords(
  { slices, sliceFigure }: ModelPerformance,
  figure: FigureName,
): string | undefined {
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
    sliceFigure === figure ? words.it : name.toLowerCase(),
    formatPerformance(sliceFigure, estimate),
    value,
    isAbove ? words.above(distance) : words.below(distance),
  );
}
