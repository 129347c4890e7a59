/** Malformed records: what goes wrong in the field, one kind each, and the code with which it must be refused. */
import type { ErrorCode } from '../../contracts/errors.ts';
import { eventBytesMax, eventDepthMax, nameLengthMax } from '../../contracts/event.ts';

export interface Defect {
  readonly name: string;
  /** What the engine must answer. */
  readonly code: ErrorCode;
  /** Spoils the text of a good event; its code units are bytes (Latin-1), all others than U+00FF are ASCII. */
  readonly spoil: (text: string) => string;
}

const deep = `${'{"a":'.repeat(eventDepthMax + 4)}1${'}'.repeat(eventDepthMax + 4)}`;

function withTime(time: string): (text: string) => string {
  return (text) => text.replace(/"time":"[^"]*"/, `"time":"${time}"`);
}

function withContext(field: string): (text: string) => string {
  return (text) => text.replace('"context":{', `"context":{${field},`);
}

export const defects: readonly Defect[] = [
  {
    name: 'truncated',
    code: 'EVENT_NOT_JSON',
    spoil: (text) => text.slice(0, Math.floor(text.length / 2)),
  },
  {
    name: 'not-utf8',
    code: 'EVENT_NOT_JSON',
    spoil: (text) => text.replace('"type":"', '"type":"\u00ff'),
  },
  { name: 'not-object', code: 'EVENT_NOT_OBJECT', spoil: (text) => `[${text}]` },
  {
    name: 'too-large',
    code: 'EVENT_TOO_LARGE',
    spoil: withContext(`"essay":"${'a'.repeat(eventBytesMax)}"`),
  },
  { name: 'too-deep', code: 'EVENT_TOO_DEEP', spoil: withContext(`"tree":${deep}`) },
  {
    name: 'forbidden-key',
    code: 'EVENT_KEY_FORBIDDEN',
    spoil: withContext('"__proto__":{"admin":true}'),
  },
  {
    name: 'missing-user',
    code: 'EVENT_FIELD_MISSING',
    spoil: (text) => text.replace(/,"user":"[^"]*"/, ''),
  },
  {
    name: 'missing-type',
    code: 'EVENT_FIELD_MISSING',
    spoil: (text) => text.replace(/,"type":"[^"]*"/, ''),
  },
  {
    name: 'wrong-type',
    code: 'EVENT_FIELD_INVALID',
    spoil: (text) => text.replace(/"type":"[^"]*"/, '"type":42'),
  },
  {
    name: 'wrong-time',
    code: 'EVENT_FIELD_INVALID',
    spoil: withTime('yesterday afternoon'),
  },
  {
    name: 'long-user',
    code: 'EVENT_FIELD_INVALID',
    spoil: (text) => text.replace('"user":"', `"user":"${'x'.repeat(nameLengthMax)}`),
  },
  {
    name: 'year-1970',
    code: 'EVENT_TIME_OUT_OF_RANGE',
    spoil: withTime('1970-01-01T00:00:00.000Z'),
  },
  {
    name: 'year-2200',
    code: 'EVENT_TIME_OUT_OF_RANGE',
    spoil: withTime('2200-01-01T00:00:00.000Z'),
  },
];
