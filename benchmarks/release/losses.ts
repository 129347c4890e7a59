/**
 * Differences of Brier scores as a release meets them, without an engine: outcomes with known probabilities, and two versions that
 * miss them by known errors.
 *
 * An error e of a prediction adds e² to its expected Brier score; so a version whose own error has the variance v + δ, where the
 * champion's has v, is worse by exactly δ. Part of the error is common to both, as of versions that learn from the same rows.
 */
import { below, type RandomState, uniform } from '../../stats/random.ts';

export interface LossWorld {
  readonly name: string;
  /** Expected difference: version less champion. */
  readonly difference: number;
  /** Next d, in the order in which rows come. */
  begin(random: RandomState): () => number;
}

/** Standard deviation of the common error, and variance of the champion's own. */
const common = 0.063;
const own = 0.0105;
/** No error leads out of [0, 1] from there. */
const lowest = 0.26;

function sign(random: RandomState): number {
  return uniform(random) < 0.5 ? -1 : 1;
}

function probability(random: RandomState): number {
  return lowest + (1 - 2 * lowest) * uniform(random);
}

function brierDifference(chance: number, version: number, champion: number, draw: number): number {
  const outcome = draw < chance ? 1 : 0;
  return (version - outcome) ** 2 - (champion - outcome) ** 2;
}

/** Rows that have nothing to do with each other. */
export function independentRows(name: string, difference: number): LossWorld {
  const ofVersion = Math.sqrt(own + difference);
  const ofChampion = Math.sqrt(own);
  return {
    name,
    difference,
    begin: (random) => () => {
      const chance = probability(random);
      const base = chance + common * sign(random);
      const version = base + ofVersion * sign(random);
      return brierDifference(chance, version, base + ofChampion * sign(random), uniform(random));
    },
  };
}

/** The same model twice: the combiners in front of it have not learnt quite the same. */
export const sameModel: LossWorld = {
  name: 'same model',
  difference: 0,
  begin: (random) => () => {
    const chance = probability(random);
    const base = chance + common * sign(random);
    const version = base + 0.005 * sign(random);
    return brierDifference(chance, version, base + 0.005 * sign(random), uniform(random));
  },
};

const usersAtOnce = 40;

export interface UsersOptions {
  readonly name: string;
  /** Mean number of a user's rows. */
  readonly rows?: number;
  /**
   * Whether the common error stays with a user as the versions' own errors do. Then one version is better for some users on all
   * their rows, the other for as many others: no row is fair given those before it.
   */
  readonly differ?: boolean;
  /** What a user's outcomes have in common beyond what both versions know; not fair either. */
  readonly hidden?: number;
}

/**
 * Users of many rows each: both versions err on all rows of a user to the same side, and the user's chances resemble each other. On
 * the average over users neither is better. With `differ` and `hidden` left out each row is fair given those before it.
 */
export function rowsOfUsers({
  name,
  rows = 30,
  differ = false,
  hidden = 0,
}: UsersOptions): LossWorld {
  return {
    name,
    difference: 0,
    begin(random) {
      const user = () => ({
        left: 1 + below(random, 2 * rows - 1),
        level: probability(random),
        effect: hidden * sign(random),
        base: common * sign(random),
        version: Math.sqrt(own) * sign(random),
        champion: Math.sqrt(own) * sign(random),
      });
      const users = Array.from({ length: usersAtOnce }, user);
      return () => {
        const at = below(random, usersAtOnce);
        const one = users[at]!;
        const chance = (3 * one.level + probability(random)) / 4;
        const base = chance + (differ ? one.base : common * sign(random));
        one.left -= 1;
        if (one.left === 0) users[at] = user();
        const version = base + one.version;
        return brierDifference(chance + one.effect, version, base + one.champion, uniform(random));
      };
    },
  };
}

/** For some hundred rows both versions err much, then little: variance comes in bursts. */
export const burstsOfError: LossWorld = {
  name: 'bursts',
  difference: 0,
  begin(random) {
    let scale = 1;
    return () => {
      if (uniform(random) < 0.003) scale = uniform(random) < 0.3 ? 1.6 : 0.15;
      const chance = probability(random);
      const error = scale * Math.sqrt(own);
      const version = chance + error * sign(random);
      return brierDifference(chance, version, chance + error * sign(random), uniform(random));
    };
  },
};

/** Worse for two thousand rows, then as much better for as many, again and again: never better on the whole. */
export const waves: LossWorld = {
  name: 'waves',
  difference: 0,
  begin(random) {
    const worse = independentRows('worse', 0.008).begin(random);
    const better = independentRows('better', -0.008).begin(random);
    let row = 0;
    return () => {
      row += 1;
      return ((row / 2_000) | 0) % 2 === 0 ? worse() : better();
    };
  },
};
