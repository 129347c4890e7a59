/**
 * Logs of decisions with a known truth: policies that stay, that learn, that hardly try an action, with rewards of all kinds.
 *
 * A context is one of eight cells; a policy that learns keeps its own figures of the lower and the upper half of them.
 */
import { normal, type RandomState, uniform } from '../../stats/random.ts';
import { normalCdf } from '../../stats/special/normal.ts';

const cells = 8;

export interface LoggedRow {
  readonly context: number;
  readonly logged: Float64Array;
  readonly target: Float64Array;
  readonly action: number;
  readonly reward: number;
  /** Expected reward of each action. */
  readonly means: Float64Array;
}

export interface LogScenario {
  readonly name: string;
  readonly actions: number;
  /** Bound of the target's weights that is known before; Infinity where none is. */
  readonly weightMax: number;
  /** Whether the target's value is the same at each decision. */
  readonly constant: boolean;
  /** Of the target and of the uniform policy, where they are constant. */
  readonly value: number;
  readonly uniformValue: number;
  begin(random: RandomState): (index: number) => LoggedRow;
}

/** What a learning policy knows. */
interface Past {
  /** By half and action. */
  readonly tries: Float64Array;
  readonly sums: Float64Array;
}

/** Writes the chances of each action. */
type Logging = (
  into: Float64Array,
  context: number,
  index: number,
  past: Past,
  random: RandomState,
) => void;
type Means = (context: number, action: number, index: number) => number;
type Draw = (random: RandomState, mean: number) => number;

const binary: Draw = (random, mean) => (uniform(random) < mean ? 1 : 0);
/** Uniform around the mean, as wide as [0, 1] allows. */
const continuous: Draw = (random, mean) =>
  mean + (2 * uniform(random) - 1) * Math.min(mean, 1 - mean);

interface Options {
  readonly actions?: number;
  readonly weightMax?: number;
  readonly constant?: boolean;
  readonly means: Means;
  readonly target: (context: number, action: number) => number;
  readonly logging: Logging;
  readonly draw?: Draw;
}

function scenario(name: string, options: Options): LogScenario {
  const { actions = 3, weightMax = Infinity, constant = true, means, target, logging } = options;
  const draw = options.draw ?? binary;
  const every = Array.from({ length: actions }, (_, b) => b);
  const targets = Array.from({ length: cells }, (_, x) =>
    Float64Array.from(every, (b) => target(x / (cells - 1), b)),
  );
  const mean = (weight: (x: number, b: number) => number): number => {
    let sum = 0;
    for (let x = 0; x < cells; x += 1) {
      for (const b of every) sum += weight(x, b) * means(x / (cells - 1), b, 0);
    }
    return sum / cells;
  };
  return {
    name,
    actions,
    weightMax,
    constant,
    value: mean((x, b) => targets[x]![b]!),
    uniformValue: mean(() => 1 / actions),
    begin(random) {
      const past: Past = {
        tries: new Float64Array(2 * actions),
        sums: new Float64Array(2 * actions),
      };
      return (index) => {
        const cell = Math.floor(uniform(random) * cells);
        const context = cell / (cells - 1);
        const logged = new Float64Array(actions);
        logging(logged, context, index, past, random);
        let action = 0;
        for (let at = uniform(random); action < actions - 1 && at >= logged[action]!; action += 1) {
          at -= logged[action]!;
        }
        const own = Float64Array.from(every, (b) => means(context, b, index));
        const reward = draw(random, own[action]!);
        const place = halfOf(context) * actions + action;
        past.tries[place]! += 1;
        past.sums[place]! += reward;
        return { context, logged, target: targets[cell]!, action, reward, means: own };
      };
    },
  };
}

function halfOf(context: number): 0 | 1 {
  return context < 0.5 ? 0 : 1;
}

const uniformly: Logging = (into) => {
  into.fill(1 / into.length);
};

/** Prefers lower actions for low contexts. */
const softly: Logging = (into, context) => {
  let total = 0;
  for (let b = 0; b < into.length; b += 1) {
    into[b] = Math.exp(-1.5 * Math.abs(b - context * (into.length - 1)));
    total += into[b]!;
  }
  for (let b = 0; b < into.length; b += 1) into[b]! /= total;
};

function best(past: Past, context: number, actions: number): number {
  const from = halfOf(context) * actions;
  let found = 0;
  let most = -Infinity;
  for (let b = 0; b < actions; b += 1) {
    const rate = (past.sums[from + b]! + 0.5) / (past.tries[from + b]! + 1);
    if (rate <= most) continue;
    most = rate;
    found = b;
  }
  return found;
}

const greedy =
  (epsilonAt: (index: number) => number): Logging =>
  (into, context, index, past) => {
    const epsilon = epsilonAt(index);
    into.fill(epsilon / into.length);
    into[best(past, context, into.length)]! += 1 - epsilon;
  };

/** Gaussian Thompson sampling of two actions: its chance is known, and kept above a floor. */
const thompson =
  (floor: number): Logging =>
  (into, context, _, { tries, sums }) => {
    const from = 2 * halfOf(context);
    const rate = (b: number) => (sums[from + b]! + 0.5) / (tries[from + b]! + 1);
    const spread = 0.25 / (tries[from]! + 1) + 0.25 / (tries[from + 1]! + 1);
    const chance = normalCdf((rate(1) - rate(0)) / Math.sqrt(spread));
    into[1] = floor + (1 - 2 * floor) * chance;
    into[0] = 1 - into[1];
  };

/** Weights with an infinite variance, up to the smallest chance. */
const heavily: Logging = (into, _context, _index, _past, random) => {
  into[1] = Math.max(1e-4, uniform(random));
  into[0] = 1 - into[1];
};

const usual: Means = (context, action) => 0.3 + 0.15 * action - 0.2 * action * context;
const mostly =
  (favourite: number, share: number, actions = 3) =>
  (_: number, action: number) =>
    action === favourite ? share : (1 - share) / (actions - 1);

export const logScenarios: readonly LogScenario[] = [
  scenario('uniform, binary', {
    means: usual,
    target: mostly(2, 0.8),
    logging: uniformly,
    weightMax: 2.4,
  }),
  scenario('softmax, continuous', {
    means: usual,
    target: (context, b) => (Math.round(2 * (1 - context)) === b ? 0.7 : 0.15),
    logging: softly,
    draw: continuous,
    weightMax: 18,
  }),
  scenario('rare rewards', {
    actions: 5,
    means: (context, b) => 0.004 + 0.004 * b * context,
    target: mostly(4, 0.8, 5),
    logging: uniformly,
    weightMax: 4,
  }),
  scenario('frequent rewards', {
    means: (context, b) => 0.98 - 0.04 * b * context,
    target: mostly(2, 0.8),
    logging: uniformly,
    weightMax: 2.4,
  }),
  scenario('epsilon-greedy, binary', {
    means: usual,
    target: mostly(2, 0.6),
    logging: greedy(() => 0.2),
    weightMax: 9,
  }),
  scenario('epsilon-greedy, continuous', {
    means: usual,
    target: mostly(0, 0.6),
    logging: greedy(() => 0.2),
    draw: continuous,
    weightMax: 9,
  }),
  scenario('Thompson, binary', {
    actions: 2,
    means: usual,
    target: mostly(0, 0.9, 2),
    logging: thompson(0.05),
    weightMax: 18,
  }),
  scenario('Thompson, continuous', {
    actions: 2,
    means: usual,
    target: mostly(1, 0.9, 2),
    logging: thompson(0.05),
    draw: continuous,
    weightMax: 18,
  }),
  scenario('floor of 1 %', {
    means: usual,
    target: mostly(0, 0.8),
    logging: greedy(() => 0.03),
    weightMax: 80,
  }),
  scenario('floor of 1 %, bound unknown', {
    means: usual,
    target: mostly(0, 0.8),
    logging: greedy(() => 0.03),
  }),
  scenario('exploration that ceases', {
    means: usual,
    target: mostly(1, 0.6),
    logging: greedy((index) => 1 / Math.sqrt(1 + index / 4)),
  }),
  scenario('heavy weights, binary', {
    actions: 2,
    means: usual,
    target: mostly(1, 0.9, 2),
    logging: heavily,
  }),
  scenario('heavy weights, continuous', {
    actions: 2,
    means: usual,
    target: mostly(1, 0.9, 2),
    logging: heavily,
    draw: (random, mean) => Math.max(0, Math.min(1, mean + 0.05 * normal(random))),
  }),
  scenario('drifting rewards, epsilon-greedy', {
    constant: false,
    means: (context, b, index) => usual(context, b, index) + 0.2 * Math.sin(index / 150 + b),
    target: mostly(2, 0.6),
    logging: greedy(() => 0.2),
    weightMax: 9,
  }),
];
