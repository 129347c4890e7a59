/** Where the events behind a number go on: opaque to whoever asks, and good for the question alone that it was given to. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../contracts/canonicalJson.ts';
import type { BehindQuestion } from '../contracts/eventsBehind.ts';
import type { BehindPlace } from '../control/behind/readBehind.ts';
import { RequestError } from './problems.ts';

/** Longest cursor, in characters. */
export const behindCursorMax = 200;

const Place = z.tuple([
  z.string(),
  z.number().int().min(0),
  z.number().int().min(0).max(65_535),
  z.number().int().min(0),
]);

export function behindCursor(question: BehindQuestion, place: BehindPlace): string {
  const { at, partition, offset } = place;
  const text = JSON.stringify([nameOf(question), at, partition, offset]);
  return Buffer.from(text).toString('base64url');
}

/** @throws RequestError REQUEST_INVALID for what no answer to this question has given */
export function readBehindCursor(question: BehindQuestion, text: string): BehindPlace {
  const { data } = Place.safeParse(jsonOf(text));
  if (data === undefined || data[0] !== nameOf(question)) {
    throw new RequestError(
      'REQUEST_INVALID',
      'after: expected what an answer to the same question gave as next',
    );
  }
  const [, at, partition, offset] = data;
  return { at, partition, offset };
}

function nameOf(question: BehindQuestion): string {
  return createHash('sha256').update(canonicalJson(question)).digest('base64url').slice(0, 16);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
