/** Who objects to what: asked before each answer that would be personal, told by whoever administers. */

import type { z } from 'zod';
import { kindsOf, type ObjectionKind, objectionBits } from '../contracts/objection.ts';
import {
  ListedObjection,
  type Objection,
  type ObjectionListAnswer,
  type ObjectionReceipt,
  type ObjectionsAnswer,
  type ObjectionsQuery,
} from '../contracts/objectionApi.ts';
import { nameOf } from '../contracts/pseudonyms.ts';
import type { By } from '../control/definitions/written.ts';
import { objectionReceipt, readBeforehand } from '../control/objections/objectionReceipt.ts';
import { readObjection, readObjectionPage } from '../control/objections/objectionRows.ts';
import {
  type ObjectionTold,
  type TellOptions,
  tellObjections,
} from '../control/objections/tellObjections.ts';

/** Takes ids and pseudonyms, and answers with these. */
export interface ObjectionDesk {
  /** From memory. */
  objects(user: string, to: ObjectionKind): boolean;
  /** @throws EngineError SINK_UNAVAILABLE */
  read(user: string): Promise<Objection>;
  /** @throws EngineError SINK_UNAVAILABLE */
  list(query: z.infer<typeof ObjectionsQuery>): Promise<ObjectionsAnswer>;
  /** @param to empty: all is taken back. @throws EngineError SINK_UNAVAILABLE, and what the log refuses */
  change(user: string, to: readonly ObjectionKind[], by: By): Promise<ObjectionReceipt>;
  /** Each is judged by itself; of one person the last counts. @throws as `change` */
  changeAll(given: readonly unknown[], by: By): Promise<ObjectionListAnswer>;
}

export interface ObjectionDeskOptions extends TellOptions {
  /** The pipeline that learns. */
  readonly pipeline?: string;
  /** How long a receipt waits for the data plane, ms. */
  readonly patienceMs?: number;
  /** Told of each person whose objection has changed: what this process keeps of them is not to be used. */
  readonly onChanged?: (user: string) => void;
}

const patienceMsDefault = 5_000;

export function createObjectionDesk(options: ObjectionDeskOptions): ObjectionDesk {
  const { store, book, pseudonyms, onChanged = () => undefined } = options;
  const known = (user: string) => nameOf(pseudonyms, user);
  const { pipeline = 'learning', patienceMs = patienceMsDefault } = options;
  let turn: Promise<unknown> = Promise.resolve();
  /** Of two changes of one person the later must be the later everywhere. */
  const alone = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(task);
    turn = result.catch(() => undefined);
    return result;
  };
  const tell = (told: readonly ObjectionTold[], by: By) =>
    tellObjections(told, by, options).finally(() => {
      for (const { user } of told) onChanged(user);
    });
  return {
    objects: (user, to) => book.objects(known(user), to),
    read: (user) => readObjection(store, known(user)),
    async list({ to, after, limit }) {
      const { total, objections } = await readObjectionPage(store, { to, after, limit });
      const next = objections.length < limit ? null : objections.at(-1)!.user;
      return { total, objections, next };
    },
    async change(user, to, by) {
      const { told, beforehand } = await alone(async () => {
        const before = await readBeforehand({ store, pipeline }, known(user));
        const [row] = await tell([{ user, to: kindsOf(objectionBits(to)) }], by);
        return { told: row!, beforehand: before };
      });
      return objectionReceipt(told, beforehand, { store, pipeline, patienceMs });
    },
    async changeAll(given, by) {
      const judged = given.map((each) => ListedObjection.safeParse(each));
      const last = new Map<string, ObjectionTold>();
      for (const { data } of judged) {
        if (data === undefined) continue;
        last.set(known(data.user), { user: data.user, to: kindsOf(objectionBits(data.to)) });
      }
      const told = await alone(() => tell([...last.values()], by));
      const records = new Map(told.map(({ user, to, record }) => [user, { user, to, record }]));
      const objections = judged.map(({ data, error }) => {
        if (data !== undefined) {
          const { user, to, record } = records.get(known(data.user))!;
          return { user, to: [...to], record };
        }
        const problem = error!.issues
          .map(({ path, message }) => `${path.join('.')}: ${message}`)
          .join('; ');
        return { code: 'REQUEST_INVALID', problem };
      });
      const refused = judged.filter(({ success }) => !success).length;
      return { taken: given.length - refused, refused, objections };
    },
  };
}
