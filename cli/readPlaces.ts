/**
 * Reads a registry of places from a file: JSON as `GET /v1/places` has them, or CSV with the columns `institution`, `programme` and
 * `course`, a line for each course; a line may end with the programme or the institution.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { z } from 'zod';
import { placeLevels } from '../contracts/access.ts';
import { EngineError } from '../contracts/errors.ts';
import { PlaceNode, placeKey } from '../contracts/place.ts';

const Document = z.union([z.array(PlaceNode), z.looseObject({ places: z.array(PlaceNode) })]);

/** @throws EngineError FILE_UNREADABLE */
export function readPlaces(path: string): PlaceNode[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
  const isCsv = extname(path).toLowerCase() === '.csv';
  return isCsv ? placesOfCsv(text, path) : placesOfJson(text, path);
}

function placesOfJson(text: string, path: string): PlaceNode[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw unreadable(path, `${why}. A file of CSV is called …csv.`);
  }
  const read = Document.safeParse(given);
  if (read.success) return Array.isArray(read.data) ? read.data : read.data.places;
  throw unreadable(
    path,
    'expected a list of places, each as {"level": "course", "name": "algebra", "parent": "mathematics"}',
  );
}

/** @throws EngineError FILE_UNREADABLE with the line */
export function placesOfCsv(text: string, path: string): PlaceNode[] {
  const [head, ...rows] = rowsOf(text, path);
  const names = head?.fields.map((each) => each.trim().toLowerCase()) ?? [];
  if (names.length !== placeLevels.length || names.some((name, i) => name !== placeLevels[i])) {
    throw unreadable(
      path,
      `expected the first line ${placeLevels.join(',')}, got ${names.join(',')}`,
    );
  }
  const places = new Map<string, PlaceNode>();
  for (const { line, fields } of rows) {
    const parts = fields.map((field) => field.trim());
    if (parts.length > placeLevels.length) {
      throw unreadable(
        path,
        `line ${line}: expected ${placeLevels.length} fields, got ${parts.length}`,
      );
    }
    while (parts.at(-1) === '') parts.pop();
    if (parts.includes('')) {
      throw unreadable(
        path,
        `line ${line}: expected the ${placeLevels[parts.indexOf('')]}, got nothing`,
      );
    }
    parts.forEach((name, i) => {
      const node = { level: placeLevels[i]!, name, parent: parts[i - 1] ?? null };
      // With its parent: one that has two is told by the engine.
      places.set(`${placeKey(node)} ${node.parent}`, node);
    });
  }
  return [...places.values()];
}

interface Row {
  /** Of the file, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Source: RFC 4180. Empty lines are passed over. */
function rowsOf(text: string, path: string): Row[] {
  const rows: Row[] = [];
  let line = 1;
  let begin = 1;
  let fields: string[] = [];
  let at = 0;
  const end = () => {
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: begin, fields });
    fields = [];
  };
  while (at <= text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw unreadable(path, `line ${begin}: a quote is not closed`);
        if (text[at] === '\n') line += 1;
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') field += text[++at];
        else break;
      }
      at += 1;
      if (at < text.length && !',\r\n'.includes(text[at]!)) {
        throw unreadable(
          path,
          `line ${line}: expected a comma behind a quoted field, got ${text[at]}`,
        );
      }
    } else {
      while (at < text.length && !',\r\n'.includes(text[at]!)) field += text[at++];
    }
    fields.push(field);
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    end();
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    else if (at >= text.length) break;
    line += 1;
    begin = line;
  }
  return rows;
}

function unreadable(path: string, why: string): EngineError {
  return new EngineError('FILE_UNREADABLE', `${path}: ${why}`);
}
