/** Parameters and roles that streaming drift detectors share. */
import { z } from 'zod';
import type { Role } from '../../contracts/statistic.ts';
import { sides } from '../drift/pageHinkley.ts';
import { whole } from './parameters.ts';

/** For detectors of values; what they take is then in the unit of the noise. */
export const whitening = {
  prewhiten: z
    .boolean('true or false')
    .default(true)
    .describe('take autocorrelation and scale out of the values first'),
  learning: whole(32, 65_536)
    .default(256)
    .describe('with `prewhiten`: values before anything is said'),
};

export const side = (otherwise: (typeof sides)[number]) =>
  z
    .enum(sides, `one of ${sides.join(', ')}`)
    .default(otherwise)
    .describe('change that is looked for: `either`, `rise` or `fall`');

export const error = {
  kind: 'number',
  summary: 'whether the prediction was wrong: 1, or right: 0',
  column: 'value',
} as const satisfies Role;

export const loss = {
  kind: 'number',
  summary: 'error or loss of the prediction, in [0, 1]',
  column: 'value',
} as const satisfies Role;
