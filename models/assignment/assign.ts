/**
 * Which variant a unit gets, and with which probability: the same wherever and whenever it is computed.
 *
 * A unit is asked in this order whether it is targeted, held out, in the layer's slice and in the traffic; then it
 * has a variant. Each of these draws is independent of the variant's, so for a unit that is assigned the probability
 * π of its variant is the variant's weight, whatever kept others out. That π, with the stage it belongs to, is what
 * an exposure logs.
 *
 * **Ramps.** A unit's place in the traffic is one number: raising the traffic adds units and moves none. When weights
 * change, as few units as possible change their variant (`layout.ts`).
 *
 * **Sticky** (the default). A unit belongs to the first stage whose traffic took it in, and keeps the variant that it
 * has by that stage's weights. Nothing need be stored: the stages are replayed. It logs *that* stage and *that* π,
 * also when it is first seen much later: given the unit, its stage is fixed (it depends on the inclusion's hash
 * alone) and its variant was drawn with that stage's weights, so P(variant) = π holds exactly, no unit is ever seen
 * in two variants, and within a stage all units have the same π, so that a baseline that drifts during the ramp
 * cannot pass for an effect. The price: new weights reach only the units that a larger traffic newly takes in. Where
 * there are none, `checkChange` refuses new weights and says so.
 *
 * **Not sticky.** A unit has the variant of the stage in force. It logs that stage and its weight: the draw of a unit
 * that is seen for the first time is fresh, so π is exact for *first* exposures, the only ones that count. A unit
 * that was seen before may have moved (½ Σ |new − old| of them have): it is then seen in several variants, and to
 * drop such units selects on who comes back. So this is for experiments where new weights must reach everyone new at
 * once, such as those of a bandit.
 *
 * Families of other platforms that draw who enters and what they get from one number (`drawsOnce`) have π counted from
 * their buckets, and `checkChange` keeps their weights as they are while the traffic grows.
 *
 * A caller that stores when each unit was first seen gets both, exact weights for whoever is new and no moves: not
 * sticky, asked with the number of the stage in which the unit was first seen instead of the current one.
 */
import type { Attributes } from '../../contracts/attributes.ts';
import { isLive } from '../../contracts/definitionState.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { drawOf } from './families/drawOf.ts';
import { createHoldouts, createSlice } from './layers.ts';
import { createTargeting } from './targeting.ts';
import { emptyUnit, takeUnit } from './unit.ts';

export type AssignmentReason =
  /** In, by the stage that was asked for. */
  | 'assigned'
  /** In, by an earlier stage. */
  | 'sticky'
  | 'targeted out'
  | 'holdout'
  | 'outside the layer slice'
  | 'not in traffic'
  /** The user objects to experiments. */
  | 'objection'
  | 'paused'
  /** A draft, or over without a variant to ship. */
  | 'not running'
  /** Over: everyone gets the variant that was chosen. This is no exposure. */
  | 'shipped';

export interface Assignment {
  /** Key; null when the unit has none. */
  readonly variant: string | null;
  /** Place among the experiment's variants; −1 when the unit has none. */
  readonly index: number;
  /** π; null unless the reason is `assigned` or `sticky`. */
  readonly probability: number | null;
  /** Number of the stage that π belongs to; null like π. */
  readonly stage: number | null;
  readonly reason: AssignmentReason;
}

export interface Assigner {
  /**
   * Costs a few hundred ns with the engine's own hash and allocates nothing: the answers are made beforehand.
   *
   * @param unit id of what the experiment assigns; see `unitOf`
   * @throws RangeError when the unit is empty or longer than a name may be
   */
  assign(unit: string, attributes: Attributes): Assignment;
}

const unit = emptyUnit();

/**
 * Prepares an experiment for many units.
 *
 * @param stage number of a stage; by default the last
 * @throws RangeError when a live experiment has no such stage
 */
export function createAssigner(experiment: Experiment, stage?: number): Assigner {
  const answer = standing(experiment);
  if (answer !== undefined) return always(answer);
  const current = indexOf(experiment, stage);
  const first = experiment.sticky ? 0 : current;
  const { layer, holdouts } = experiment;
  const isTargeted = createTargeting(experiment.targeting);
  const draw = drawOf(experiment);
  const isInSlice = layer === undefined ? undefined : createSlice(layer);
  const isHeldOut = holdouts.length === 0 ? undefined : createHoldouts(holdouts);
  const answers = experiment.stages.map(({ number }, i) =>
    experiment.variants.map(
      ({ key }, index): Assignment => ({
        variant: key,
        index,
        probability: draw.probabilities[i]![index] ?? 0,
        stage: number,
        reason: i === current ? 'assigned' : 'sticky',
      }),
    ),
  );
  return {
    assign(id, attributes) {
      takeUnit(unit, id);
      if (!isTargeted(attributes)) return none['targeted out'];
      if (isHeldOut?.(unit) === true) return none.holdout;
      if (isInSlice?.(unit) === false) return none['outside the layer slice'];
      draw.take(unit);
      if (!draw.admits()) return none['outside the layer slice'];
      for (let i = first; i <= current; i += 1) {
        const index = draw.place(i);
        if (index >= 0) return answers[i]![index]!;
      }
      return none['not in traffic'];
    },
  };
}

const prepared = new WeakMap<Experiment, Map<number | undefined, Assigner>>();

/**
 * The same for one unit; what was prepared for an experiment is kept as long as that object lives, so give the same
 * object again.
 *
 * @param stage number of the stage in force, see `stageAt`
 *
 * @example
 * assign(experiment, 2, 'ada', { grade: 8 });
 * // { variant: 'with', index: 1, probability: 0.5, stage: 1, reason: 'sticky' }
 */
export function assign(
  experiment: Experiment,
  stage: number | undefined,
  id: string,
  attributes: Attributes = {},
): Assignment {
  let assigners = prepared.get(experiment);
  if (assigners === undefined) {
    assigners = new Map();
    prepared.set(experiment, assigners);
  }
  let assigner = assigners.get(stage);
  if (assigner === undefined) {
    assigner = createAssigner(experiment, stage);
    assigners.set(stage, assigner);
  }
  return assigner.assign(id, attributes);
}

/** What a user gets who objects to experiments: no variant while it runs, and of one that is over what everyone gets. */
export function assignObjector(experiment: Experiment): Assignment {
  return standing(experiment) ?? none.objection;
}

/** Whether the assignment is one whose exposure counts, and carries π and stage. */
export function isExposure({ reason }: Assignment): boolean {
  return reason === 'assigned' || reason === 'sticky';
}

function without(reason: AssignmentReason): Assignment {
  return { variant: null, index: -1, probability: null, stage: null, reason };
}

const none = {
  'targeted out': without('targeted out'),
  holdout: without('holdout'),
  'outside the layer slice': without('outside the layer slice'),
  'not in traffic': without('not in traffic'),
  objection: without('objection'),
  paused: without('paused'),
  'not running': without('not running'),
} as const;

/** What everyone gets of an experiment that does not run; undefined of one that does. */
function standing(experiment: Experiment): Assignment | undefined {
  if (experiment.state === 'running') return undefined;
  if (isLive(experiment)) return none.paused;
  const { decision, variants } = experiment;
  const index = variants.findIndex(({ key }) => key === decision?.variant);
  if (decision?.verdict !== 'ship' || index < 0) return none['not running'];
  return {
    variant: variants[index]!.key,
    index,
    probability: null,
    stage: null,
    reason: 'shipped',
  };
}

function always(answer: Assignment): Assigner {
  return {
    assign(id: string) {
      takeUnit(unit, id);
      return answer;
    },
  };
}

function indexOf({ key, stages }: Experiment, stage: number | undefined): number {
  const index =
    stage === undefined ? stages.length - 1 : stages.findIndex(({ number }) => number === stage);
  if (index >= 0) return index;
  throw new RangeError(`stage: expected one of the ${stages.length} of ${key}, got ${stage}`);
}
