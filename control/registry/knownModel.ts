/** What the events of a model come to: its versions, its releases, and who serves. Pure: no store, no clock. */
import { ModelEvent } from '../../contracts/modelEvent.ts';
import type { ModelRecord } from '../../contracts/modelRecord.ts';
import type { DefinitionHead, DefinitionRow } from '../definitions/definitionRows.ts';
import {
  headOf,
  jsonOf,
  type Recorded,
  readRevisions,
  type TellUnread,
} from '../definitions/knownDefinition.ts';
import { followEvent } from './followEvent.ts';
import type { FollowedModel } from './followedModel.ts';
import type { KnownModel } from './modelRegistry.ts';

/** With what the log is told of it. */
export interface RecordedModel extends KnownModel, FollowedModel, Recorded<ModelRecord> {
  readonly head: DefinitionHead;
}

/**
 * @param rows of one model, in the order of revisions and write ids
 * @param tell told of events that cannot be read, or cannot be: they are passed over
 * @returns undefined when it was never declared
 */
export function knownModel(
  rows: readonly DefinitionRow[],
  tell: TellUnread,
): RecordedModel | undefined {
  let model: FollowedModel | undefined;
  let head: DefinitionHead | undefined;
  for (const { row, content } of readRevisions(rows, readEvent, tell)) {
    head = headOf(row);
    if (content === undefined) continue;
    const followed = followEvent(model, content, row);
    if ('sentence' in followed) {
      const { revision, key } = row;
      tell(`Revision ${revision} of the model ${key} is passed over: ${followed.sentence}`);
    } else {
      model = followed;
    }
  }
  if (model === undefined || head === undefined) return undefined;
  const { at } = model.served.at(-1)!;
  const record = { revision: model.servedRevision, model: model.model, ...model.serving };
  return { ...model, head, record, at };
}

function readEvent({ key, definition }: DefinitionRow): ModelEvent | undefined {
  const { data } = ModelEvent.safeParse(jsonOf(definition));
  return data?.kind === 'declared' && data.model !== key ? undefined : data;
}
