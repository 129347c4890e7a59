/**
 * Knows of each row to what its user objects, as the log has told it until there.
 *
 * Who objects is one entry of the state under the user's name, found by dictionary code. What belongs to a person is let go by
 * whoever has learnt it, at the row of the objection: see `doesObject`.
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf } from '../../contracts/batch.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { EngineError } from '../../contracts/errors.ts';
import { ObjectionFields, objectionBits, objectionType } from '../../contracts/objection.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { refuseRowsOf } from '../../operators/refuseRows.ts';

interface Objecting {
  /** See `objectionBit`; never 0. */
  readonly bits: number;
}

/**
 * Adds `objections` to the batches, behind duplicates and before whoever learns.
 *
 * ```text
 * source          --[a a:objects a]--[a a:withdraws a]--|
 * knowObjections  --[0 7         7]--[7 0           0]--|      (objections of each row)
 * ```
 *
 * A batch in which nobody objects passes as it is. Depends on the rows alone, not on how they are cut into batches, and on no
 * time: what an event that comes late says of the time before an objection is not used either. Synchronous.
 */
export function knowObjections({
  tables,
}: {
  tables: StateTables;
}): OperatorFunction<Batch, Batch> {
  const book = new ObjectionBook(tables);
  return map((batch) => book.take(batch));
}

class ObjectionBook {
  readonly #table: ObjectTable<Objecting>;
  readonly #dictionary: Dictionary;
  readonly #reader = new EventReader();
  /** By code, which is held for as long as the user objects. Read at the first use: the table is restored after this is made. */
  #bits: Map<number, number> | undefined;

  constructor(tables: StateTables) {
    this.#table = tables.objects<Objecting>('objections');
    this.#dictionary = tables.dictionary;
  }

  take(batch: Batch): Batch {
    const held = this.#held();
    const types = codesOf(batch, 'type');
    const objection = this.#dictionary.find(objectionType);
    const isTold = objection >= 0 && types.includes(objection);
    if (held.size === 0 && !isTold) return batch;
    const users = codesOf(batch, 'user');
    const objections = new Uint8Array(batch.length);
    return refuseRowsOf({ ...batch, objections }, (row) => {
      if (types[row] === objection) this.#takeObjection(batch, row, users[row]!);
      objections[row] = held.get(users[row]!) ?? 0;
    });
  }

  #takeObjection(batch: Batch, row: number, user: number): void {
    this.#reader.moveTo(batch, row);
    const { success, data } = ObjectionFields.safeParse(this.#reader.json()['context']);
    if (!success || data.objects !== data.to.length > 0) {
      throw new EngineError(
        'EVENT_FIELD_INVALID',
        `type: ${objectionType} is the engine's own; tell an objection by PUT /v1/users/:id/objection`,
      );
    }
    const held = this.#held();
    const bits = objectionBits(data.to);
    const name = this.#dictionary.text(user);
    if (bits === 0) {
      if (!held.delete(user)) return;
      this.#table.delete(name);
      this.#dictionary.release(user);
      return;
    }
    if (!held.has(user)) this.#dictionary.retain(user);
    held.set(user, bits);
    this.#table.set(name, { bits });
  }

  #held(): Map<number, number> {
    if (this.#bits !== undefined) return this.#bits;
    this.#bits = new Map();
    for (const [name, { bits }] of this.#table.entries()) {
      const code = this.#dictionary.internText(name);
      this.#dictionary.retain(code);
      this.#bits.set(code, bits);
    }
    return this.#bits;
  }
}
