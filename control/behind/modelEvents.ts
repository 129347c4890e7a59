/** The predictions that the figures of one of the engine's own models are made of, each by the event that it is of. */
import type { BehindQuestion, Counted } from '../../contracts/eventsBehind.ts';
import { bounded, type Reader } from '../statement.ts';
import { type BehindSource, inRange, instant, isNameAt, wholeWindows } from './source.ts';

type ModelQuestion = Extract<BehindQuestion, { of: 'model' }>;

const windows = bounded(`
  SELECT max(window_ms) AS windowMs FROM model_quality
  WHERE pipeline = {pipeline:String} AND model = {model:String} HAVING count() > 0`);

const sums = bounded(`
  SELECT toFloat64(sum(count)) AS predictions
  FROM model_quality FINAL
  WHERE pipeline = {pipeline:String} AND model = {model:String}
    AND ({every:UInt8} OR model_version = {version:String})
    AND window_start >= ${instant('from')} AND window_start < ${instant('to')}`);

/** @returns undefined when the model is none of the engine's own: what is predicted outside is not kept one by one */
export async function modelEvents(
  reader: Reader,
  { pipeline, model, version, slice, value, ...asked }: ModelQuestion,
): Promise<BehindSource | undefined> {
  const [found] = await reader.query<{ windowMs: number }>(windows, { pipeline, model });
  if (found === undefined) return undefined;
  const { windowMs } = found;
  const { from, to } = wholeWindows(asked, windowMs);
  const parameters = {
    ...{ pipeline, model, from, to, value: value ?? '' },
    ...{ version: version ?? '', every: version === undefined ? 1 : 0 },
  };
  const ofSlice = slice === undefined ? '' : `AND ${isNameAt(`context.${slice}`, 'value')}`;
  return {
    ...{ pipeline, from, to, parameters, isExact: true, isCut: true },
    places: `SELECT partition, offset, toUnixTimestamp64Milli(time) AS at, model_version AS version, probability, label
      FROM predictions
      WHERE pipeline = {pipeline:String} AND model = {model:String} AND ${inRange}
        AND ({every:UInt8} OR model_version = {version:String})
        AND (partition, offset) IN (
          SELECT partition, offset FROM events WHERE pipeline = {pipeline:String} AND ${inRange} ${ofSlice})`,
    facts: ['version', 'probability', 'label'],
    // Of a slice the sums are states of a statistic, which the page shows.
    ...(slice === undefined
      ? {
          async counted(each: Reader) {
            const [row] = await each.query<{ predictions: number }>(sums, parameters);
            return row?.predictions ?? 0;
          },
        }
      : {}),
    countedOf: ({ version: by, probability, label }) =>
      ({ as: 'prediction', version: by, probability, label }) as Counted,
  };
}
