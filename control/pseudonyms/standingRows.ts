/** How users are known in these data, as it was settled when they began: a row of the table of definitions, never changed. */
import { randomUUID } from 'node:crypto';
import type { Store } from '../../contracts/store.ts';
import { readDefinitions, writeDefinition } from '../definitions/definitionRows.ts';

export interface Standing {
  /** Under keyed pseudonyms, or under the ids that producers send. */
  readonly pseudonyms: 'on' | 'off';
  /** Fingerprint of the key; '' without. */
  readonly key: string;
}

const kind = 'pseudonyms';
const subject = 'users';
const actor = 'millrace';

/** @returns undefined while nothing is settled. @throws EngineError SINK_UNAVAILABLE */
export async function readStanding(store: Store): Promise<Standing | undefined> {
  // Of two that were written at once the one with the smaller id counts: they come in that order.
  const [row] = await readDefinitions(store, kind, [subject]);
  return row && (JSON.parse(row.definition) as Standing);
}

/** Resolves when it is on the disk. @throws EngineError SINK_UNAVAILABLE */
export async function writeStanding(store: Store, standing: Standing, at: number): Promise<void> {
  await writeDefinition(store, {
    ...{ kind, key: subject, revision: 1, writeId: randomUUID(), at, actor },
    reason: standing.pseudonyms === 'on' ? 'Users are known under pseudonyms from here on.' : '',
    definition: JSON.stringify(standing),
  });
  await store.barrier();
}
