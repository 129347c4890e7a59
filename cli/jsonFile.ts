/** Reads a file of JSON that somebody names. */
import { readFileSync } from 'node:fs';
import { EngineError } from '../contracts/errors.ts';

/** @throws EngineError FILE_UNREADABLE */
export function jsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineError('FILE_UNREADABLE', `${path}: ${why}`, { cause: error });
  }
}
