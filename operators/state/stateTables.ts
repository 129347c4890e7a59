/** The state tables of one pipeline in one partition, in the order in which they were made. */
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { StateTable, StateTables } from '../../contracts/stateTable.ts';
import { createNumberTable } from './numberTable.ts';
import { createObjectTable } from './objectTable.ts';
import { createVectorTable } from './vectorTable.ts';

export interface TableRegistry extends StateTables {
  /** What a checkpoint drains and a recovery restores. */
  readonly all: readonly StateTable[];
}

/** @returns a factory whose functions throw a RangeError when a name is empty or taken */
export function createStateTables(dictionary: Dictionary): TableRegistry {
  const all: StateTable[] = [];
  const add = <Table extends StateTable>(table: Table): Table => {
    // The empty name is the marker's.
    if (table.name === '') throw new RangeError('name: expected a text, got nothing');
    if (all.some(({ name }) => name === table.name)) {
      throw new RangeError(`name: expected a new one, got ${table.name} again`);
    }
    all.push(table);
    return table;
  };
  return {
    dictionary,
    all,
    numbers(name, options) {
      const table = add(createNumberTable(name, dictionary, options));
      if (table.cold !== undefined) add(table.cold);
      return table;
    },
    vector: (name, length, version) => add(createVectorTable(name, length, version)),
    objects: <State>(name: string, version?: number) =>
      add(createObjectTable<State>(name, version)),
    add,
  };
}
