/** The days of the engine's own models, whatever version served, and how their predictions have shifted; see `model_quality`. */
import type { PrequentialState } from '../../../stats/prequential.ts';
import { binScore } from '../../../stats/scoreBins.ts';
import { summedQuality } from '../../modelQuality.ts';
import { bounded } from '../../statement.ts';
import type { FactMoment, FactSources } from '../factSources.ts';
import { completeDays, dayMs, daysMax } from './completeDays.ts';
import type { ModelDay, ModelFacts } from './modelFacts.ts';
import { oncePerDay } from './oncePerDay.ts';
import { type ScoresOfDay, shiftOfScores } from './predictionShift.ts';

interface DayRow {
  pipeline: string;
  model: string;
  day: number;
  count: number;
  positives: number;
  hits: number;
  logLoss: number;
  brier: number;
  positivesByBin: number[];
  negativesByBin: number[];
  predictedByBin: number[];
}

const days = bounded(`
  SELECT q.pipeline AS pipeline, q.model AS model,
    intDiv(toUnixTimestamp64Milli(q.window_start), ${dayMs}) * ${dayMs} AS day,
    ${summedQuality}
  FROM (
    SELECT * FROM model_quality FINAL
    WHERE count > 0 AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  ) AS q
  GROUP BY pipeline, model, day
  ORDER BY pipeline, model, day
  LIMIT 1000`);

const versions = bounded(`
  SELECT pipeline, model, model_version AS version,
    toUnixTimestamp64Milli(min(window_start)) AS began,
    toUnixTimestamp64Milli(max(window_start)) AS newest
  FROM model_quality
  WHERE count > 0
  GROUP BY pipeline, model, version
  ORDER BY newest DESC, version
  LIMIT 1000`);

const users = bounded(`
  SELECT pipeline, model, toUInt64(uniqCombined(17)(user)) AS users
  FROM examples
  WHERE time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY pipeline, model
  LIMIT 1000`);

type OwnFacts = Omit<ModelFacts, 'life' | 'slices'>;

export async function ownModels(
  sources: Pick<FactSources, 'reader' | 'models'>,
  moment: FactMoment,
): Promise<OwnFacts[]> {
  const { reader, models } = sources;
  const range = completeDays(moment, daysMax);
  const rows = await oncePerDay(sources, moment, 'days of models', () =>
    reader.query<DayRow>(days, { ...range }),
  );
  const began = await reader.query<{
    pipeline: string;
    model: string;
    version: string;
    began: number;
  }>(versions);
  const week = completeDays(moment, 7);
  const counted = await oncePerDay(sources, moment, 'users of models', () =>
    reader.query<{ pipeline: string; model: string; users: number }>(users, { ...week }),
  );
  const found = new Map<string, DayRow[]>();
  for (const row of rows) {
    const key = `${row.pipeline}\n${row.model}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  const facts: OwnFacts[] = [];
  for (const own of found.values()) {
    const { pipeline, model } = own[0]!;
    const of = (each: { pipeline: string; model: string }) =>
      each.pipeline === pipeline && each.model === model;
    const champion = models.model(model)?.serving.champion.version;
    const served = began.filter(of);
    const version = served.find((each) => each.version === champion) ?? served[0];
    // The first day of all may have begun in its middle.
    const since = Math.min(...served.map((each) => each.began));
    const complete = own.filter(({ day }) => day >= since);
    facts.push({
      ...{ key: model, pipeline, version: version?.version ?? '' },
      days: complete.map(dayOf),
      ...{ expected: [], labelAgeMs: null, promptness: null, fairness: null },
      shift: await shiftOfScores(complete.map(scoresOf), version?.began),
      users: counted.find(of)?.users ?? null,
    });
  }
  return facts;
}

/** Sums of a day as means. */
function dayOf(
  row: { readonly day: number } & {
    readonly [Name in keyof PrequentialState]: PrequentialState[Name] extends number
      ? number
      : ArrayLike<number>;
  },
): ModelDay {
  const { day, count, positivesByBin, negativesByBin, predictedByBin } = row;
  const logLoss = row.logLoss / count;
  const sums = [0, 1, 2].map(() => ({ count: 0, positives: 0, predicted: 0 }));
  let predicted = 0;
  let squares = 0;
  for (let bin = 0; bin < predictedByBin.length; bin += 1) {
    const [ones, zeros] = [positivesByBin[bin]!, negativesByBin[bin]!];
    const inBin = ones + zeros;
    if (inBin === 0) continue;
    const probability = Math.min(1 - 1e-9, Math.max(1e-9, predictedByBin[bin]! / inBin));
    squares += ones * Math.log(probability) ** 2 + zeros * Math.log1p(-probability) ** 2;
    predicted += predictedByBin[bin]!;
    const third = sums[Math.min(2, Math.floor(3 * binScore(bin)))]!;
    third.count += inBin;
    third.positives += ones;
    third.predicted += predictedByBin[bin]!;
  }
  return {
    ...{ day, count, logLoss },
    lossVariance: Math.max(0, squares / count - logLoss * logLoss) / count,
    brier: row.brier / count,
    accuracy: row.hits / count,
    rate: row.positives / count,
    predicted: predicted / count,
    thirds: sums,
  };
}

function scoresOf({ day, positivesByBin, negativesByBin }: DayRow): ScoresOfDay {
  return { day, counts: positivesByBin.map((ones, bin) => ones + negativesByBin[bin]!) };
}
