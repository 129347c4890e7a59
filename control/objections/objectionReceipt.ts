/** What an objection has done, for the person and for the record: in figures and sentences. */
import { kindsOf, type ObjectionKind } from '../../contracts/objection.ts';
import type { ObjectionReceipt } from '../../contracts/objectionApi.ts';
import type { Store } from '../../contracts/store.ts';
import { removeErased } from '../preferences/eraseUser.ts';
import { type ErasurePlace, latestErasures, untilHeard } from '../users/awaitErasure.ts';
import type { ToldObjection } from './tellObjections.ts';

/** What is known of a person before an objection is told. */
export interface Beforehand {
  readonly likings: number;
  readonly examples: number;
  readonly erasures: readonly ErasurePlace[];
}

export interface ReceiptOptions {
  readonly store: Store;
  /** The pipeline that learns. */
  readonly pipeline: string;
  /** How long the data plane may take to come to the record, ms. */
  readonly patienceMs: number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function readBeforehand(
  { store, pipeline }: Pick<ReceiptOptions, 'store' | 'pipeline'>,
  user: string,
): Promise<Beforehand> {
  const count = async (table: string, condition: string) => {
    const [found] = await store.query<{ rows: number }>(
      `SELECT toUInt32(count()) AS rows FROM ${table} FINAL WHERE user = {user:String}${condition}`,
      { user },
    );
    return found?.rows ?? 0;
  };
  const [likings, examples, erasures] = await Promise.all([
    count('user_preferences', ' AND erased = 0'),
    count('examples', ''),
    latestErasures({ store, pipeline }, user),
  ]);
  return { likings, examples, erasures };
}

const held: Readonly<Record<ObjectionKind, string>> = {
  personalization:
    'Nothing is personalized: policies give their control, predictions are those of somebody of whom nothing is known, and what was learnt of the person is void. Decisions that were open are taught to nobody.',
  experiments:
    'In running experiments the person has the control, and no exposure is written. In those that had begun, the person stays in the counts with what was done before, and nothing later is added.',
  training: 'No model learns from the person.',
};

const over: Readonly<Record<ObjectionKind, string>> = {
  personalization:
    'Answers are personalized again. What had been learnt before the objection does not come back.',
  experiments: 'The person may enter experiments from now on, from the next exposure.',
  training: 'Models learn from the person again, also from the examples stored before.',
};

function examplesWords(count: number): string {
  const counted = `${count.toLocaleString('en')} ${count === 1 ? 'example' : 'examples'}`;
  return `${counted} stored before ${count === 1 ? 'is' : 'are'} left out of each training set from now on. Versions that were trained before stay as they are.`;
}

const kept =
  'Events and decisions stay stored, and counts and sums of all people together stay: an erasure removes the former. Findings of unusual behaviour are still made; they are no personalization.';

/** Waits for the data plane, where it is to forget something, and removes the rows that it has made void. */
export async function objectionReceipt(
  { user, record, at, to, before, places }: ToldObjection,
  { likings, examples, erasures }: Beforehand,
  { store, pipeline, patienceMs }: ReceiptOptions,
): Promise<ObjectionReceipt> {
  const isForgetting = to.includes('personalization');
  let isHeard: boolean | null = null;
  if (isForgetting) {
    const until = performance.now() + patienceMs;
    isHeard = (await untilHeard({ store, pipeline, until }, user, erasures, places)) !== undefined;
    if (isHeard) await removeErased(store, user, pipeline);
  }
  const back = kindsOf(before).filter((kind) => !to.includes(kind));
  return {
    ...{ user, record, at, to: [...to], before: kindsOf(before), isHeard },
    removed: isForgetting ? [{ table: 'user_preferences', rows: likings }] : [],
    consequences: [
      ...to.map((kind) => held[kind]),
      ...(to.includes('training') ? [examplesWords(examples)] : []),
      ...back.map((kind) => over[kind]),
      ...(to.length > 0 ? [kept] : []),
    ],
  };
}
