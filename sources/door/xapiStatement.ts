/**
 * xAPI statements as our events.
 *
 * The actor's identifier is the user: the address of `mbox`, `mbox_sha1sum`, `openid`, or `homePage#name` of an account.
 * The type is the last part of the verb's IRI. The value is `result.success`, else `result.score.scaled`. All else stands
 * under `context.xapi`, but for the actor, whose personal data are not kept twice.
 *
 * A statement without an id gets one made from its bytes, so that one sent again is the same one. Without a time of its own
 * it may as well tell of the same thing happening again; then the time of reception goes in, and sent again it counts again.
 *
 * Source: IEEE 9274.1.1-2023; https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md
 */

import { bytesOf } from '../../contracts/bytes.ts';
import type { EventInput } from '../../contracts/event.ts';
import { murmur3 } from '../../contracts/hash.ts';
import type { JsonObject } from '../decode/parseRecord.ts';
import {
  fieldOf,
  refuse,
  takeName,
  takeOptionalName,
  takeOptionalObject,
  takeTime,
  without,
} from './takeField.ts';

/**
 * @param bytes the statement as it came, or what stands for it
 * @throws FieldProblem naming the property that is absent or wrong
 */
export function readXapiStatement(
  json: JsonObject,
  receivedAt: number,
  bytes: Uint8Array,
): EventInput {
  const actor = takeObject(fieldOf(json, 'actor'), 'actor');
  const verb = takeObject(fieldOf(json, 'verb'), 'verb');
  const object = takeObject(fieldOf(json, 'object'), 'object');
  const result = takeOptionalObject(fieldOf(json, 'result'), 'result');
  const context = takeOptionalObject(fieldOf(json, 'context'), 'context');
  const timeField = fieldOf(json, 'timestamp') === undefined ? 'stored' : 'timestamp';
  const isTimed = fieldOf(json, timeField) !== undefined;
  const mapped = ['id', 'actor', 'object', 'context', timeField];
  return {
    id: takeOptionalName(fieldOf(json, 'id'), 'id') ?? madeId(bytes, isTimed ? 0 : receivedAt),
    type: typeOf(takeName(fieldOf(verb, 'id'), 'verb.id')),
    time: takeTime(fieldOf(json, timeField), timeField, receivedAt),
    user: userOf(actor),
    item: takeOptionalName(fieldOf(object, 'id'), 'object.id'),
    session: takeOptionalName(fieldOf(context ?? {}, 'registration'), 'context.registration'),
    value: outcomeOf(result ?? {}),
    context: {
      xapi: {
        ...without(json, mapped),
        object: without(object, ['id']),
        context: without(context ?? {}, ['registration']),
      },
    },
  };
}

function takeObject(value: unknown, field: string): JsonObject {
  return takeOptionalObject(value, field) ?? refuse(field, 'an object', value);
}

function userOf(actor: JsonObject): string {
  const mbox = fieldOf(actor, 'mbox');
  if (mbox !== undefined) return takeName(mbox, 'actor.mbox').replace(/^mailto:(?=.)/i, '');
  const digest = fieldOf(actor, 'mbox_sha1sum');
  if (digest !== undefined) return takeName(digest, 'actor.mbox_sha1sum');
  const openId = fieldOf(actor, 'openid');
  if (openId !== undefined) return takeName(openId, 'actor.openid');
  const account = takeOptionalObject(fieldOf(actor, 'account'), 'actor.account');
  if (account === undefined) {
    return refuse('actor', 'an mbox, mbox_sha1sum, openid or account', undefined);
  }
  const homePage = takeName(fieldOf(account, 'homePage'), 'actor.account.homePage');
  const name = takeName(fieldOf(account, 'name'), 'actor.account.name');
  return takeName(`${homePage}#${name}`, 'actor.account');
}

function typeOf(iri: string): string {
  const last = iri.split(/[/#]/).findLast((part) => part !== '');
  return (last ?? refuse('verb.id', 'an IRI with a last part', iri)).toLowerCase();
}

function outcomeOf(result: JsonObject): number | boolean | undefined {
  const success = fieldOf(result, 'success');
  if (typeof success === 'boolean') return success;
  if (success !== undefined) return refuse('result.success', 'true or false', success);
  const score = takeOptionalObject(fieldOf(result, 'score'), 'result.score');
  const scaled = fieldOf(score ?? {}, 'scaled');
  if (scaled === undefined || (typeof scaled === 'number' && Math.abs(scaled) <= 1)) return scaled;
  return refuse('result.score.scaled', 'a number from -1 to 1', scaled);
}

/** 128 bits of the statement's bytes and of a time, ms since 1970. */
function madeId(bytes: Uint8Array, time: number): string {
  const statement = bytesOf(bytes);
  const parts = [1, 2, 3, 4].map((seed) => {
    const hash = murmur3(statement, 0, bytes.length, seed ^ murmurSeed(time));
    return hash.toString(16).padStart(8, '0');
  });
  return `xapi-${parts.join('')}`;
}

function murmurSeed(time: number): number {
  return (time % 4_294_967_296) | 0;
}
