/** Decisions among four actions without chance, in binary fractions: for golden vectors that other programs compute as well. */
import type { LoggedDecision } from '../../stats/offPolicy/loggedDecision.ts';

const logged = [8, 4, 2, 2];
const target = [7, 5, 3, 1];
const actions = [0, 1, 2, 3];

export type PredictedDecision = Required<LoggedDecision>;

export const loggedBandit: readonly PredictedDecision[] = Array.from({ length: 48 }, (_, i) => {
  const action = (i * i + Math.floor((3 * i) / 5)) % 4;
  return {
    action,
    reward: ((i * i + 2 * action) % 5) / 4,
    logged: actions.map((b) => logged[(b + i) % 4]! / 16),
    target: actions.map((b) => target[(b + 3 * i + 1) % 4]! / 16),
    predictions: actions.map((b) => ((3 * i + 5 * b) % 8) / 16),
  };
});
