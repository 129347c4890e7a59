/**
 * Places out of comma-separated values (RFC 4180), a line each: institution, programme, course; what is left empty names no more.
 *
 * Also with semicolons or tabs, as spreadsheets write them, with a head, and with a byte order mark.
 */
import type { PlaceNode } from '../../../contracts/place.ts';
import { placeLevels, placeNameMax, placeText } from '../../data/place.ts';

export interface PlacesRead {
  readonly places: readonly PlaceNode[];
  readonly mistakes: readonly PlaceMistake[];
}

export interface PlaceMistake {
  /** From 1. */
  readonly line: number;
  readonly kind: 'columns' | 'gap' | 'long' | 'twice' | 'quote';
  /** The name that it is about, cut. */
  readonly name: string;
}

/** A longer file is refused before it is read, bytes. */
export const csvBytesMax = 4_000_000;

/** What is told of one file at most. */
const mistakesMax = 20;

/**
 * @example
 * readPlacesCsv('institution,programme,course\nNorth,Maths,Algebra\n').places;
 * // North, Maths in North, Algebra in Maths
 */
export function readPlacesCsv(text: string): PlacesRead {
  const places = new Map<string, PlaceNode>();
  const mistakes: PlaceMistake[] = [];
  recordsOf(text.replace(/^\uFEFF/, '')).forEach(({ line, cells, isOpen }, number) => {
    const names = cells.map((cell) => cell.trim());
    if (names.every((name) => name === '') || (number === 0 && isHead(names))) return;
    const wrong = isOpen ? ({ kind: 'quote', name: '' } as const) : mistakeIn(names);
    const twice = wrong === undefined ? put(names, places) : undefined;
    const mistake = wrong ?? (twice === undefined ? undefined : { kind: 'twice', name: twice });
    if (mistake !== undefined) mistakes.push({ line, ...mistake, name: mistake.name.slice(0, 60) });
  });
  return { places: [...places.values()], mistakes: mistakes.slice(0, mistakesMax) };
}

type Mistake = Pick<PlaceMistake, 'kind' | 'name'>;

/** Of a line by itself. */
function mistakeIn(names: readonly string[]): Mistake | undefined {
  if (names.slice(placeLevels.length).some((name) => name !== '')) {
    return { kind: 'columns', name: '' };
  }
  const long = names.find((name) => name.length > placeNameMax || name.includes('\0'));
  if (long !== undefined) return { kind: 'long', name: long };
  const last = names.findLastIndex((name) => name !== '');
  const isGap = names.slice(0, last).includes('');
  return isGap ? { kind: 'gap', name: names[last] ?? '' } : undefined;
}

/** @returns the name that lies elsewhere already */
function put(names: readonly string[], places: Map<string, PlaceNode>): string | undefined {
  let parent: string | null = null;
  for (const [depth, name] of names.entries()) {
    if (name === '') break;
    const place: PlaceNode = { level: placeLevels[depth]!, name, parent };
    const known = places.get(placeText(place));
    if (known !== undefined && known.parent !== parent) return name;
    places.set(placeText(place), place);
    parent = name;
  }
  return undefined;
}

function isHead(names: readonly string[]): boolean {
  return placeLevels.every((level, at) => (names[at] ?? level).toLowerCase() === level);
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote that does not end. */
  readonly isOpen: boolean;
}

function recordsOf(text: string): readonly CsvRecord[] {
  const separator = separatorOf(text);
  const records: CsvRecord[] = [];
  let [line, began, at] = [1, 1, 0];
  let cells: string[] = [];
  // After a separator there is one more cell, also at the end.
  while (at < text.length || cells.length > 0) {
    let cell = '';
    let isOpen = false;
    if (text[at] === '"') {
      isOpen = true;
      at += 1;
      while (at < text.length) {
        const end = text.indexOf('"', at);
        const piece = text.slice(at, end < 0 ? text.length : end);
        cell += piece;
        line += piece.split('\n').length - 1;
        at = end < 0 ? text.length : end + 1;
        if (end < 0) break;
        if (text[at] !== '"') {
          isOpen = false;
          break;
        }
        cell += '"';
        at += 1;
      }
    }
    const rest = new RegExp(`[^${separator}\r\n]*`, 'y');
    rest.lastIndex = at;
    const tail = rest.exec(text)?.[0] ?? '';
    cells.push(cell + tail);
    at += tail.length;
    const isEnd = at >= text.length || text[at] !== separator;
    if (isEnd) {
      records.push({ line: began, cells, isOpen });
      cells = [];
      if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
      line += 1;
      began = line;
    }
    at += 1;
  }
  return records;
}

/** What stands first between two names, outside of quotes. */
function separatorOf(text: string): string {
  const first = text.slice(0, 10_000).replace(/"[^"]*("|$)/g, '');
  return /[,;\t]/.exec(first)?.[0] ?? ',';
}
