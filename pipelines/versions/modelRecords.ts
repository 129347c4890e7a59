/**
 * Who predicts, as the log told it: records of models, taken in their places among the events.
 *
 * A record holds from its own row on, whatever batch that is in: who asks gets the spans of the batch that is under way.
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../../contracts/batch.ts';
import { definitionUser } from '../../contracts/definitionRecord.ts';
import { EngineError } from '../../contracts/errors.ts';
import { ModelRecord, modelType } from '../../contracts/modelRecord.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { refuseRowsOf } from '../../operators/refuseRows.ts';
import { DefinitionTable, formOf } from '../definitionTable.ts';
import { type PreparedModel, prepareModel } from './preparedModel.ts';

const form = formOf(ModelRecord);

/** A record that came in the batch under way. */
export interface ModelChange {
  readonly model: string;
  /** Of its row. */
  readonly offset: number;
  /** Its own time, ms since 1970. */
  readonly at: number;
  readonly before: PreparedModel | undefined;
  readonly after: PreparedModel;
}

export class ModelRecords {
  readonly #dictionary;
  readonly #definitions: DefinitionTable<ModelRecord, PreparedModel>;
  readonly #reader = new EventReader();
  #changes: ModelChange[] = [];

  /** Makes the table `models` in `tables`. */
  constructor(tables: StateTables) {
    this.#dictionary = tables.dictionary;
    this.#definitions = new DefinitionTable(tables.objects('models'), {
      form,
      read: parse,
      keyOf: ({ model }) => model,
      prepare: prepareModel,
    });
  }

  /** Behind `watermark`; the batches pass on, with what was refused among their refusals. */
  take(): OperatorFunction<Batch, Batch> {
    return map((batch) => {
      if (this.#changes.length > 0) this.#changes = [];
      const definition = this.#dictionary.find(modelType);
      const types = codesOf(batch, 'type');
      if (definition < 0 || !types.includes(definition)) return batch;
      return refuseRowsOf(batch, (row) => {
        if (types[row] === definition) this.#takeRecord(batch, row);
      });
    });
  }

  /** In force behind the batch that is under way. */
  get(model: string): PreparedModel | undefined {
    return this.#definitions.get(model);
  }

  /** Of the batch that is under way, in their order. */
  changesOf(model: string): readonly ModelChange[] {
    const changes = this.#changes;
    return changes.length === 0 ? changes : changes.filter((change) => change.model === model);
  }

  #takeRecord(batch: Batch, row: number): void {
    this.#reader.moveTo(batch, row);
    if (this.#reader.read('user') !== definitionUser) {
      throw new EngineError(
        'MODEL_INVALID',
        `type: ${modelType} is the engine's own; release versions at /v1/models`,
      );
    }
    const text = this.#reader.read('context.definition');
    const model = modelOf(text);
    const before = this.#definitions.get(model);
    this.#definitions.take(text);
    const after = this.#definitions.get(model);
    if (after === undefined || after === before) return;
    const at = numbersOf(batch, 'time')[row]!;
    this.#changes.push({ model, offset: batch.offsets[row]!, at, before, after });
  }
}

/** '' where there is none: then it is refused. */
function modelOf(text: unknown): string {
  try {
    const { model } = JSON.parse(String(text)) as Partial<ModelRecord>;
    return typeof model === 'string' ? model : '';
  } catch {
    return '';
  }
}

function parse(json: unknown): ModelRecord {
  const parsed = ModelRecord.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new EngineError(
    'MODEL_INVALID',
    `the record of a model in the log cannot be read: ${issue.path.join('.')}: ${issue.message}`,
  );
}
