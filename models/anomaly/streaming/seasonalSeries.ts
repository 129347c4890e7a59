/** Seasonal expectation as a streaming statistic: values that are far from those of their hour of the week; see `seasonalExpectation`. */
import { z } from 'zod';
import { defineStatistic } from '../../../contracts/statistic.ts';
import { positive, whole } from '../../../stats/streaming/parameters.ts';
import { value } from '../../../stats/streaming/roles.ts';
import { parametersOf } from '../../spec.ts';
import {
  type SeasonalExpectationParameters,
  type SeasonalExpectationState,
  seasonalExpectation,
} from '../seasonalExpectation.ts';
import { type ExpectedState, expectationFigures, expectedFold } from './expectedSeries.ts';

interface Row {
  readonly value: number;
  readonly time: number;
}

export const seasonalSeries = defineStatistic<ExpectedState<SeasonalExpectationState>>()({
  name: 'seasonal-expectation',
  summary: 'Values that are far from those of their hour of the week.',
  source: 'Efron & Morris 1975; Huber 1964',
  merges: 'never',
  roles: {
    value,
    time: {
      kind: 'number',
      summary: 'ms since 1970: the hour tells what is usual',
      column: 'time',
    },
  },
  parameters: z.object({
    memory: positive().max(1_000, 'in (0, 1000]').default(8).describe('hours that a cell averages'),
    offsetMs: whole(-50_400_000, 50_400_000).default(0).describe('local time minus UTC, ms'),
    threshold: positive().default(6).describe('scales off from which a value is an alarm'),
  }),
  figures: expectationFigures,
  create({ threshold, ...given }) {
    const spec = seasonalExpectation();
    const model = spec.create(parametersOf<SeasonalExpectationParameters>(spec.parameters, given));
    return expectedFold<SeasonalExpectationState, Row>(
      {
        initial: model.initial,
        expect: (state, row) => model.expect(state, row.time),
        step: (state, row) => model.step(state, row.time, row.value),
      },
      threshold,
    );
  },
});
