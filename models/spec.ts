/** What describes a configurable component: the only place where a default, a range or a unit is written. */
export interface Parameter {
  readonly default: number;
  /** Smallest and largest value allowed. */
  readonly range: readonly [number, number];
  /** Unit of the value; `''` for a plain number. */
  readonly unit: string;
  readonly summary: string;
  /** Whole numbers only. */
  readonly whole?: boolean;
}

/** A type alias of numbers by name, not an interface: so that names can be walked. */
export type Parameters = Readonly<Record<string, number>>;

export interface Spec<Values extends Parameters, Component> {
  /** Lower-case words and hyphens. */
  readonly name: string;
  readonly summary: string;
  /** Author and year. */
  readonly source: string;
  readonly parameters: { readonly [Name in keyof Values]: Parameter };
  create(values: Values): Component;
}

/**
 * All values of a component's parameters: the given ones where there are any, else the defaults.
 *
 * @throws RangeError when a name is unknown or a value is outside its range
 */
export function parametersOf<Values extends Parameters>(
  parameters: { readonly [Name in keyof Values]: Parameter },
  given: Partial<Values> = {},
): Values {
  const values: Record<string, number> = {};
  for (const [key, parameter] of Object.entries<Parameter>(parameters)) {
    const value = given[key] ?? parameter.default;
    const [low, high] = parameter.range;
    if (
      !(value >= low && value <= high) ||
      (parameter.whole === true && !Number.isInteger(value))
    ) {
      const kind = parameter.whole === true ? 'an integer ' : '';
      throw new RangeError(`${key}: expected ${kind}in [${low}, ${high}], got ${value}`);
    }
    values[key] = value;
  }
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(parameters, key)) {
      throw new RangeError(`${key}: expected one of ${Object.keys(parameters).join(', ')}`);
    }
  }
  return values as Values;
}
