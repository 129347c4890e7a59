/** What going back to a version would do, as far as the engine knows: told before it is done. */
import type { RollbackPreview } from '../../contracts/modelLifeApi.ts';
import { bounded, type Reader } from '../statement.ts';
import { readStatisticReadings } from '../storedStatistics.ts';
import type { KnownModel } from './modelRegistry.ts';

const week = 7 * 86_400_000;
/** Fewer users are not told. */
const usersMin = 10;

const usersOf = bounded(`
  SELECT uniqExact(user) AS users FROM examples
  WHERE pipeline = {pipeline:String} AND model = {model:String}
    AND time > (SELECT max(time) FROM examples WHERE pipeline = {pipeline:String} AND model = {model:String})
      - toIntervalMillisecond({span:Int64})`);

/** Most comparisons of two versions that are looked at. */
const readingsMax = 100;

/** @throws EngineError SINK_UNAVAILABLE */
export async function rollbackPreview(
  reader: Reader,
  { pipeline, model, serving }: KnownModel,
  to: string,
): Promise<RollbackPreview> {
  const from = serving.champion.version;
  const [counted] = await reader.query<{ users: number }>(usersOf, {
    ...{ pipeline, model, span: week },
  });
  const users = (counted?.users ?? 0) < usersMin ? null : counted!.users;
  const { before, after } = await compared(reader, pipeline, model, from, to);
  return {
    to,
    from,
    users,
    before,
    after,
    sentence: sentenceOf({ to, from, users, before, after }),
  };
}

/** Brier scores of both, over the predictions that both have made in all releases. */
async function compared(
  reader: Reader,
  pipeline: string,
  model: string,
  from: string,
  to: string,
): Promise<{ before: number | null; after: number | null }> {
  const query = { limit: readingsMax };
  const found = await readStatisticReadings(reader, pipeline, 'release_paired', query);
  let count = 0;
  let before = 0;
  let after = 0;
  for (const { key, figures } of found?.readings ?? []) {
    const [ofModel, version, against] = key;
    const rows = figures['count'] ?? 0;
    const { brier, brierAgainst } = figures;
    if (ofModel !== model || brier == null || brierAgainst == null) continue;
    if (version === to && against === from) {
      before += rows * brierAgainst;
      after += rows * brier;
    } else if (version === from && against === to) {
      before += rows * brier;
      after += rows * brierAgainst;
    } else {
      continue;
    }
    count += rows;
  }
  return count === 0
    ? { before: null, after: null }
    : { before: before / count, after: after / count };
}

function sentenceOf({ to, from, users, before, after }: Omit<RollbackPreview, 'sentence'>): string {
  if (to === from) return `Version ${to} is the champion already.`;
  const who =
    users === null
      ? 'All users, too few in the last week to be counted here,'
      : `All users, ${users.toLocaleString('en')} in the last week,`;
  const served = `${who} are served by version ${to} from the next event on, in the place of ${from}.`;
  if (before === null || after === null) {
    return `${served} The two have not predicted side by side: what it changes is not known.`;
  }
  const [of, other] = [after.toFixed(4), before.toFixed(4)];
  const change = (Number(of) - Number(other)).toFixed(4);
  const word = change.startsWith('-')
    ? `${change.slice(1)} better`
    : Number(change) > 0
      ? `${change} worse`
      : 'the same';
  return `${served} Where both predicted, its Brier score was ${of} and that of ${from} ${other} (lower is better): ${word}.`;
}
