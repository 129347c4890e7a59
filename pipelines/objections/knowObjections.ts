/**
 * Knows of each row to what its user objects, as the log has told it until there.
 *
 * Who objects is one entry of the state under the user's name, found by dictionary code. What belongs to a person is let go by
 * whoever has learnt it, at the row of the objection: see `doesObject`.
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, selectRows } from '../../contracts/batch.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { EngineError } from '../../contracts/errors.ts';
import { ObjectionFields, objectionBits, objectionType } from '../../contracts/objection.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { refuseRowsOf } from '../../operators/refuseRows.ts';

interface Objecting {
  /** See `objectionBit`; never 0. */
  readonly bits: number;
  /** When it was told, ms since 1970; absent in states of versions that did not keep it. */
  readonly at?: number;
}

/**
 * Adds `objections` to the batches, behind duplicates and before whoever learns.
 *
 * ```text
 * source          --[a a:objects a]--[a a:withdraws a]--|
 * knowObjections  --[0 7         7]--[7 0           0]--|      (objections of each row)
 * ```
 *
 * A batch in which nobody objects passes as it is. Depends on the rows alone, not on how they are cut into batches, and not on the
 * times of events: what an event that comes late says of the time before an objection is not used either. Records are written
 * again: one that says what is known, or is older than that, is left out like a duplicate. Synchronous.
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
  #held: Map<number, Objecting> | undefined;

  constructor(tables: StateTables) {
    this.#table = tables.objects<Objecting>('objections');
    this.#dictionary = tables.dictionary;
  }

  take(batch: Batch): Batch {
    const held = this.#known();
    const types = codesOf(batch, 'type');
    const objection = this.#dictionary.find(objectionType);
    const isTold = objection >= 0 && types.includes(objection);
    if (held.size === 0 && !isTold) return batch;
    const users = codesOf(batch, 'user');
    const objections = new Uint8Array(batch.length);
    const known = new Set<number>();
    const taken = refuseRowsOf({ ...batch, objections }, (row) => {
      if (types[row] === objection && !this.#takeObjection(batch, row, users[row]!)) {
        known.add(batch.offsets[row]!);
      }
      objections[row] = held.get(users[row]!)?.bits ?? 0;
    });
    return known.size === 0 ? taken : without(taken, known);
  }

  /** @returns false for one that was written again: it says what is known, or was overtaken by what was told meanwhile */
  #takeObjection(batch: Batch, row: number, user: number): boolean {
    this.#reader.moveTo(batch, row);
    const { success, data } = ObjectionFields.safeParse(this.#reader.json()['context']);
    if (!success || data.objects !== data.to.length > 0) {
      throw new EngineError(
        'EVENT_FIELD_INVALID',
        `type: ${objectionType} is the engine's own; tell an objection by PUT /v1/users/:id/objection`,
      );
    }
    const held = this.#known();
    const at = numbersOf(batch, 'time')[row]!;
    const before = held.get(user);
    const bits = objectionBits(data.to);
    if (before?.at !== undefined) {
      if (at < before.at || (at === before.at && bits === before.bits)) return false;
    }
    const name = this.#dictionary.text(user);
    if (bits === 0) {
      if (!held.delete(user)) return true;
      this.#table.delete(name);
      this.#dictionary.release(user);
      return true;
    }
    if (!held.has(user)) this.#dictionary.retain(user);
    held.set(user, { bits, at });
    this.#table.set(name, { bits, at });
    return true;
  }

  #known(): Map<number, Objecting> {
    if (this.#held !== undefined) return this.#held;
    this.#held = new Map();
    for (const [name, objecting] of this.#table.entries()) {
      const code = this.#dictionary.internText(name);
      this.#dictionary.retain(code);
      this.#held.set(code, objecting);
    }
    return this.#held;
  }
}

function without(batch: Batch, offsets: ReadonlySet<number>): Batch {
  const rows = new Int32Array(batch.length);
  let count = 0;
  for (let row = 0; row < batch.length; row += 1) {
    rows[count] = row;
    if (!offsets.has(batch.offsets[row]!)) count += 1;
  }
  return selectRows(batch, rows, count);
}
