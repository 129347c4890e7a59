/** How well a text fits what was typed: every letter in order, better where they begin words or stand together. */

const bonus = { start: 8, word: 6, together: 5, letter: 1 };

/**
 * @returns undefined when it does not fit; the higher, the better
 *
 * @example
 * fuzzyScore('exp', 'Experiments')! > fuzzyScore('exp', 'Next pipeline')!; // true
 * fuzzyScore('xq', 'Experiments'); // undefined
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const [words, folded] = [fold(query).split(/\s+/).filter(Boolean), fold(text)];
  let score = 0;
  for (const word of words) {
    const part = scoreOf(word, folded);
    if (part === undefined) return undefined;
    score += part;
  }
  // Of two that fit alike the shorter is meant.
  return score - folded.length / 100;
}

/** Without accents and capitals. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function scoreOf(word: string, text: string): number | undefined {
  const whole = text.indexOf(word);
  if (whole >= 0) return word.length * bonus.together + placeOf(text, whole);
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at < 0) return undefined;
    score += at === last + 1 ? bonus.together : bonus.letter;
    score += placeOf(text, at) / 2;
    [from, last] = [at + 1, at];
  }
  // Letters that are strewn over a long text fit anything.
  return score < word.length * 2 ? undefined : score;
}

function placeOf(text: string, at: number): number {
  if (at === 0) return bonus.start;
  return /[\s\-_./“"(]/.test(text[at - 1] ?? '') ? bonus.word : 0;
}
