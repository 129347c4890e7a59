/** Algorithms and learners as a form needs them: read from their registries and the schemas of their parameters. */
import { z } from 'zod';
import type { AlgorithmsAnswer, ParameterDescription } from '../../contracts/policyApi.ts';
import { algorithms } from '../../models/policies/registry.ts';
import { rewardLearners } from '../../models/rewards/registry.ts';

/** As far as the parameters of algorithms use JSON Schema. */
interface Described {
  readonly type?: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Described[];
}

export function describeAlgorithms(): AlgorithmsAnswer {
  return {
    algorithms: [...algorithms.values()].map(({ name, summary, source, learners, parameters }) => ({
      ...{ name, summary, source, learners: [...learners] },
      parameters: describeParameters(parameters),
    })),
    learners: Object.entries(rewardLearners).map(
      ([name, { summary, source, reads, parameters }]) => ({
        ...{ name, summary, source, reads },
        parameters: describeParameters(parameters),
      }),
    ),
  };
}

/**
 * The parameters in the order of their schema; what is neither number nor choice is `json`.
 *
 * @example
 * describeParameters(z.strictObject({ alpha: z.number().min(0).default(1) }))[0].least; // 0
 */
export function describeParameters(schema: z.ZodObject): ParameterDescription[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  });
  return Object.entries(properties as Readonly<Record<string, Described>>).map(
    ([name, property]) => {
      const branches = property.anyOf ?? [property];
      const isNull = ({ type }: Described) => type === 'null';
      const [only, ...others] = branches.filter((branch) => !isNull(branch));
      const described = others.length === 0 ? only : undefined;
      return {
        name,
        description: property.description ?? '',
        kind: kindOf(described),
        default: property.default ?? null,
        required: required.includes(name),
        nullable: branches.some(isNull),
        least: described?.exclusiveMinimum ?? described?.minimum ?? null,
        largest: described?.maximum ?? null,
        above: described?.exclusiveMinimum !== undefined,
        choices: (described?.enum ?? []).map(String),
      };
    },
  );
}

function kindOf(described: Described | undefined): ParameterDescription['kind'] {
  if (described?.enum !== undefined) return 'choice';
  return described?.type === 'number' || described?.type === 'integer' ? described.type : 'json';
}
