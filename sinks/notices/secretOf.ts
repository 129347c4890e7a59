/** Secrets are named in definitions and given in the environment. */
import { NoticeProblem } from './noticeProblem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws NoticeProblem when there is none: temporary, because it can be mended while the notice waits */
export function secretOf(environment: Environment, variable: string, what: string): string {
  const value = environment[variable];
  if (value !== undefined && value !== '') return value;
  throw new NoticeProblem(
    'temporary',
    `The variable ${variable} is not set: give it ${what} and start again.`,
  );
}
