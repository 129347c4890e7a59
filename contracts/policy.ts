/**
 * A policy: which action each individual gets, what the choice looks at, what counts as its reward, and the bounds that people
 * set to it.
 *
 * The algorithm is named here and described where it lives (`models/policies`): its parameters are checked by its own schema.
 */
import { z } from 'zod';
import { Condition, FieldName } from './condition.ts';
import { definitionStates } from './definitionState.ts';
import { eventTimeMin, figureMax, nameLengthMax } from './event.ts';
import { EventFilter, Key, windowMsRange } from './experimentMetric.ts';
import { FeatureSet } from './featureSet.ts';
import { shallow } from './shallow.ts';

/** Most actions of a policy, and of a request that brings its own. */
export const actionsMax = 200;
/** Most traits of an action. */
export const traitsMax = 64;

const Share = z.number().min(0).max(1);
const Text = z.string().max(4_096);
const Name = z.string().min(1).max(nameLengthMax);
const Figure = z.number().min(-figureMax).max(figureMax);
/** ms since 1970-01-01 UTC. */
const Instant = z.number().int().min(eventTimeMin);

/** What is known of an action beside its name: by it a new action starts from what similar ones have earned. */
export const Traits = z
  .record(FieldName, z.union([Name, Figure, z.boolean()]))
  .refine((traits) => Object.keys(traits).length <= traitsMax, `expected at most ${traitsMax}`);
export type Traits = z.infer<typeof Traits>;

export const Action = z.strictObject({
  key: Key,
  name: Name,
  traits: Traits.default({}),
  /** What the application gets with it: any JSON. */
  payload: shallow(z.json(), 16, 'Any JSON.').optional(),
  /** false: switched off, nobody gets it; what it has earned stays known. */
  offered: z.boolean().default(true),
  /** Who may get it: a condition over the decision's attributes. */
  eligible: Condition.default({ all: [] }),
  /** At most so often for one user within a time. */
  cap: z
    .strictObject({
      times: z.number().int().min(1).max(1_000),
      withinMs: z.number().int().min(windowMsRange[0]).max(windowMsRange[1]),
    })
    .optional(),
});
export type Action = z.infer<typeof Action>;

/** What an event earns the decision that led to it. */
const RewardRule = z.strictObject({
  /** Which events; they belong to a decision by their field `decision`, or as `match` says. */
  filter: EventFilter,
  /**
   * To which decision an event belongs that names none: `decision` to none, `item` to the user's latest whose action is the
   * event's item, `user` to the user's latest.
   */
  match: z.enum(['decision', 'item', 'user']).default('decision'),
  /** The reward: a number, or the event's `value` by a straight line. */
  value: z
    .union([Figure, z.strictObject({ times: Figure.default(1), plus: Figure.default(0) })])
    .default({ times: 1, plus: 0 }),
});
export type RewardRule = z.infer<typeof RewardRule>;

export const Reward = z.strictObject({
  /** The first that holds counts. */
  rules: z
    .array(RewardRule)
    .min(1)
    .max(20)
    .default([
      { filter: { field: 'type', is: 'outcome' }, match: 'decision', value: { times: 1, plus: 0 } },
    ]),
  /** Of several events of one decision. */
  combine: z.enum(['first', 'last', 'sum', 'largest']).default('first'),
  /** Least and largest reward of a decision; one beyond is refused, not learnt from. */
  bounds: z
    .tuple([Figure, Figure])
    .refine(([least, largest]) => least < largest, 'expected [least, largest] with least < largest')
    .default([0, 1]),
  /** How long after the decision an event may come and still count, ms. */
  horizonMs: z.number().int().min(windowMsRange[0]).max(windowMsRange[1]).default(3_600_000),
  /**
   * The reward of a decision to which nothing came within the horizon; it is learnt at the end of it. null: nothing is learnt of
   * such a decision.
   */
  absent: Figure.nullable().default(null),
});
export type Reward = z.infer<typeof Reward>;

const Named = {
  name: Key,
  parameters: z.record(z.string(), z.unknown()).default({}),
};

/** How is chosen: an algorithm of `models/policies/registry.ts`, and by which learner of `models/rewards/registry.ts`. */
export const Algorithm = z.strictObject({
  ...Named,
  /** By default the algorithm's usual one; an algorithm that learns nothing has none. */
  learner: z.strictObject(Named).optional(),
});
export type Algorithm = z.infer<typeof Algorithm>;

/** What was in force since when; appended to by the engine: decisions carry its number. */
export const PolicyStage = z.strictObject({
  /** 1, 2, 3 … */
  number: z.number().int().min(1),
  startAt: Instant,
  /** What began with it, in a sentence. */
  change: Text,
});
export type PolicyStage = z.infer<typeof PolicyStage>;

export const Policy = z
  .strictObject({
    key: Key,
    name: Name,
    /** What it is for. */
    purpose: Text.default(''),
    algorithm: Algorithm,
    actions: z.array(Action).max(actionsMax),
    /** Whether a request may bring actions of its own, with traits; they are learnt by their traits alone. */
    open: z.boolean().default(false),
    /** Of the decision's attributes; `preference.topic.sports` is the user's learnt affinity for a value. */
    context: FeatureSet.prefault({}),
    /** Of an action's traits; `preference.topic` is the user's learnt affinity for the value that the action has there. */
    traits: FeatureSet.prefault({}),
    reward: Reward.prefault({}),
    /** Least probability of an eligible action, times the number of them: 0.1 among 5 actions is at least 0.02 each. */
    floor: Share.default(0.05),
    /** Share of the users that get the control, whatever was learnt: by it the policy's worth is known. */
    holdout: z.number().min(0).lt(1).default(0.1),
    /** Key of the action that the held-out get; null, or where it is not eligible: each with equal probability. */
    control: Key.nullable().default(null),
    /** Everybody whom the condition admits gets this action. */
    pins: z
      .array(z.strictObject({ if: Condition, action: Key }))
      .max(20)
      .default([]),
    /** Attributes by whose values the dashboard shows what actions earn. */
    segments: z.array(FieldName).max(5).default([]),
    state: z.enum(definitionStates).default('draft'),
    stages: z.array(PolicyStage).max(1_000).default([]),
  })
  .superRefine(({ actions, control, pins, open }, context) => {
    const keys = new Set<string>();
    for (const [i, { key }] of actions.entries()) {
      if (keys.has(key)) {
        context.addIssue({
          code: 'custom',
          path: ['actions', i, 'key'],
          message: `expected keys that differ, got "${key}" twice`,
        });
      }
      keys.add(key);
    }
    const known = (path: (string | number)[], key: string) => {
      if (keys.has(key)) return;
      context.addIssue({
        code: 'custom',
        path,
        message: `expected the key of one of the actions, got "${key}"`,
      });
    };
    if (control !== null) known(['control'], control);
    for (const [i, { action }] of pins.entries()) known(['pins', i, 'action'], action);
    if (actions.length === 0 && !open) {
      context.addIssue({
        code: 'custom',
        path: ['actions'],
        message: 'expected at least one action, or open: true',
      });
    }
  });
export type Policy = z.infer<typeof Policy>;
/** What a person writes: absent values get their defaults. */
export type PolicyInput = z.input<typeof Policy>;
