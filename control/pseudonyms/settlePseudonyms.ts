/**
 * Whether users are known under pseudonyms, and of which key: settled at the first start with these data, and the same ever after. Two
 * names of one user would be two users, in everything that is counted and learnt, and nobody could put them together.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { Pseudonyms } from '../../contracts/pseudonyms.ts';
import type { Store } from '../../contracts/store.ts';
import { readStanding, type Standing, writeStanding } from './standingRows.ts';

export interface SettleOptions {
  readonly store: Store;
  /** What is asked for; undefined: what the data have, and pseudonyms for new data. */
  readonly wanted: 'on' | 'off' | undefined;
  /** Whether the event log holds something already. */
  readonly hasEvents: boolean;
  /**
   * Those of the key that is given, or lies with the data.
   *
   * @param isNew the data have none yet: one may be made
   * @throws EngineError CONFIGURATION_INVALID when there is no key, or it will not do
   */
  open(isNew: boolean): Pseudonyms;
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
}

/**
 * @returns undefined: users are known under the ids that producers send
 * @throws EngineError PSEUDONYMS_CHANGED when the data were begun in another way; CONFIGURATION_INVALID; SINK_UNAVAILABLE
 */
export async function settlePseudonyms(options: SettleOptions): Promise<Pseudonyms | undefined> {
  const { store, wanted, open, clock = Date.now } = options;
  const settled = await readStanding(store);
  if (settled !== undefined) return held(settled, options);
  const hasData = options.hasEvents || (await hasState(store));
  if (hasData && wanted === 'on') refuse(intoOld);
  const isOn = (wanted ?? (hasData ? 'off' : 'on')) === 'on';
  const pseudonyms = isOn ? open(true) : undefined;
  const standing: Standing =
    pseudonyms === undefined
      ? { pseudonyms: 'off', key: '' }
      : { pseudonyms: 'on', key: pseudonyms.fingerprint };
  await writeStanding(store, standing, clock());
  // Another process may have begun at the same moment.
  const first = (await readStanding(store)) ?? standing;
  expectSame(first, wanted, pseudonyms);
  if (first.pseudonyms === 'off') sayOff(options);
  return pseudonyms;
}

function held(settled: Standing, options: SettleOptions): Pseudonyms | undefined {
  const { wanted, open } = options;
  if (settled.pseudonyms === 'off') {
    expectSame(settled, wanted, undefined);
    sayOff(options);
    return undefined;
  }
  if (wanted === 'off') expectSame(settled, wanted, undefined);
  const pseudonyms = open(false);
  expectSame(settled, wanted, pseudonyms);
  return pseudonyms;
}

function expectSame(
  { pseudonyms: standing, key }: Standing,
  wanted: 'on' | 'off' | undefined,
  pseudonyms: Pseudonyms | undefined,
): void {
  if (standing === 'off' && (wanted === 'on' || pseudonyms !== undefined)) refuse(intoOld);
  if (standing === 'off') return;
  if (pseudonyms === undefined) {
    refuse(
      'these data know users under pseudonyms; without them each user would begin anew under another name',
    );
  }
  if (pseudonyms.fingerprint === key) return;
  refuse(
    `the key is another one (${pseudonyms.fingerprint}) than that of these data (${key}): give the key that they were begun with, ` +
      'from a backup where it is lost. Without it they can only be begun anew',
  );
}

const intoOld =
  'these data know users under the ids that producers send; pseudonyms begin with new data, in an empty directory and database';

function sayOff({ wanted, say }: SettleOptions): void {
  if (wanted === 'off') return;
  say(
    'Users are stored under the ids that producers send, as these data were begun before there were pseudonyms (docs/privacy.md).',
  );
}

function refuse(sentence: string): never {
  throw new EngineError('PSEUDONYMS_CHANGED', sentence);
}

/** Whether anything was ever computed here. */
async function hasState(store: Store): Promise<boolean> {
  const found = await store.query<{ found: number }>('SELECT 1 AS found FROM state LIMIT 1');
  return found.length > 0;
}
