/** Figures as words, with the tone that goes with them. The limits stand here and nowhere else. */
import { messages } from '../words/shell.ts';

export type Tone = 'good' | 'attention' | 'bad' | 'none';

export interface Judgement {
  readonly tone: Tone;
  readonly word: string;
}

const unknown: Judgement = { tone: 'none', word: messages.states.none };

/** How well a model tells outcomes apart. Hosmer & Lemeshow's bands: 0.7 acceptable, 0.8 excellent. */
export function judgeAuc(auc: number | null): Judgement {
  const words = messages.tiles.discriminates;
  if (auc === null) return unknown;
  if (auc >= 0.8) return { tone: 'good', word: words.strong };
  if (auc >= 0.7) return { tone: 'good', word: words.fair };
  if (auc > 0.55) return { tone: 'attention', word: words.weak };
  return { tone: 'bad', word: words.none };
}

/** Whether probabilities can be taken at their word, by expected calibration error. */
export function judgeCalibration(error: number | null): Judgement {
  const words = messages.tiles.calibrated;
  if (error === null) return unknown;
  if (error < 0.02) return { tone: 'good', word: words.close };
  if (error < 0.05) return { tone: 'good', word: words.fair };
  if (error < 0.1) return { tone: 'attention', word: words.off };
  return { tone: 'bad', word: words.far };
}

/** Refused events as a share of all. */
export function judgeRefused(share: number | null): Tone {
  if (share === null) return 'none';
  if (share < 0.05) return 'good';
  return share < 0.2 ? 'attention' : 'bad';
}
