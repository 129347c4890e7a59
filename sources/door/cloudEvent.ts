/**
 * CloudEvents 1.0 as our events.
 *
 * The user is `data.user`, else the subject; `data` may hold item, session, value, decision and context. Because an id is
 * unique within its source only, ours is `source#id`. All else stands under `context.cloudevents`.
 *
 * Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
import type { EventInput } from '../../contracts/event.ts';
import { isObject, type JsonObject } from '../decode/parseRecord.ts';
import { expectedFigure, isFigure, isName } from '../decode/problem.ts';
import {
  fieldOf,
  refuse,
  takeName,
  takeOptionalName,
  takeOptionalObject,
  takeTime,
  without,
} from './takeField.ts';

const ours = ['user', 'item', 'session', 'value', 'decision', 'context'];

/** @throws FieldProblem naming the attribute that is absent or wrong */
export function readCloudEvent(json: JsonObject, receivedAt: number): EventInput {
  const version = fieldOf(json, 'specversion');
  if (version !== '1.0') refuse('specversion', '"1.0"', version);
  const source = takeText(fieldOf(json, 'source'), 'source');
  const id = `${source}#${takeText(fieldOf(json, 'id'), 'id')}`;
  if (!isName(id)) {
    refuse('id', 'at most 255 characters together with the source, without U+0000', id);
  }
  const data = fieldOf(json, 'data');
  const fields = isObject(data) ? data : {};
  const dataUser = takeOptionalName(fieldOf(fields, 'user'), 'data.user');
  const user = dataUser ?? takeUser(fieldOf(json, 'subject'));
  const mapped = ['specversion', 'id', 'type', 'time', 'data'];
  // Nobody is named twice.
  if (fieldOf(json, 'subject') === user) mapped.push('subject');
  const rest = isObject(data) ? without(data, ours) : data;
  return {
    id,
    type: takeName(fieldOf(json, 'type'), 'type'),
    time: takeTime(fieldOf(json, 'time'), 'time', receivedAt),
    user,
    item: takeOptionalName(fieldOf(fields, 'item'), 'data.item'),
    session: takeOptionalName(fieldOf(fields, 'session'), 'data.session'),
    value: takeValue(fieldOf(fields, 'value')),
    decision: takeOptionalName(fieldOf(fields, 'decision'), 'data.decision'),
    context: {
      ...takeOptionalObject(fieldOf(fields, 'context'), 'data.context'),
      cloudevents: { ...without(json, mapped), data: rest },
    },
  };
}

function takeText(value: unknown, field: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(field, 'text', value);
}

function takeUser(subject: unknown): string {
  if (subject !== undefined) return takeName(subject, 'subject');
  return refuse('subject', 'the user, here or as data.user', subject);
}

function takeValue(value: unknown): number | boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  if (typeof value === 'number' && isFigure(value)) return value;
  return refuse('data.value', `${expectedFigure} or a boolean`, value);
}
