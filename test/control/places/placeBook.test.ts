/** The registry of places in memory: who may see what by it, who writes it, and that two processes agree. */
import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { placeKey } from '../../../contracts/place.ts';
import type { Store } from '../../../contracts/store.ts';
import { createPlaceBook, type PlaceBook } from '../../../control/places/placeBook.ts';
import { memoryPlaces } from '../../support/memoryPlaces.ts';
import { smallCampus } from '../../support/smallCampus.ts';

const by = { actor: 'Ada', reason: 'the spring' };
const books: PlaceBook[] = [];
afterEach(async () => {
  await Promise.all(books.splice(0).map((book) => book.close()));
});

let now = 1_000;
function bookOn(store: Store): PlaceBook {
  const book = createPlaceBook({ store, say: () => {}, clock: () => now, pollMs: 1_000_000 });
  books.push(book);
  return book;
}

async function campusBook(store = memoryPlaces()): Promise<PlaceBook> {
  const book = bookOn(store);
  expect(await book.put(smallCampus, 0, by)).toEqual({ outcome: 'written' });
  return book;
}

function namesOf(within: ReturnType<PlaceBook['within']>) {
  if (within === undefined || within === 'everywhere') return within;
  return { places: [...within.places].sort(), courses: [...within.courses].sort() };
}

test('a scope holds its places and all that lies in them', async () => {
  const book = await campusBook();
  expect(book.within('everywhere')).toBe('everywhere');
  expect(namesOf(book.within([{ programme: 'mathematics' }, { course: 'law' }]))).toEqual({
    places: ['course:algebra', 'course:analysis', 'course:law', 'programme:mathematics'],
    courses: ['algebra', 'analysis', 'law'],
  });
  expect(namesOf(book.within([{ course: 'unheard' }]))).toEqual({ places: [], courses: [] });
});

test('a place that is asked for narrows it, and widens it never', async () => {
  const book = await campusBook();
  const algebra = { level: 'course', name: 'algebra' } as const;
  const scope = [{ programme: 'mathematics' }];
  expect(namesOf(book.within(scope, algebra))!).toMatchObject({ courses: ['algebra'] });
  expect(namesOf(book.within('everywhere', algebra))).toMatchObject({ courses: ['algebra'] });
  // Around it: what is own remains.
  const north = { level: 'institution', name: 'north' } as const;
  expect(namesOf(book.within(scope, north))).toMatchObject({ courses: ['algebra', 'analysis'] });
  expect(namesOf(book.within(scope, north))).not.toMatchObject({
    places: expect.arrayContaining(['institution:north']),
  });
  expect(book.within(scope, { level: 'course', name: 'contracts' })).toBeUndefined();
  expect(book.within('everywhere', { level: 'course', name: 'unheard' })).toBeUndefined();
});

test('what is remembered of a scope goes with the registry that it was of', async () => {
  const book = await campusBook();
  const scope = [{ programme: 'law' }];
  expect(namesOf(book.within(scope))).toMatchObject({ courses: ['contracts', 'law'] });
  const moved = smallCampus.filter(({ name }) => name !== 'contracts');
  await book.put(moved, 1, by);
  expect(namesOf(book.within(scope))).toMatchObject({ courses: ['law'] });
});

test('only from the newest revision it is changed, and never to what is none', async () => {
  const store = memoryPlaces();
  const [one, other] = [await campusBook(store), bookOn(store)];
  expect(await other.put([], 0, by)).toEqual({ outcome: 'stale', revision: 1 });
  expect(await one.put([...smallCampus, smallCampus[0]!], 1, by)).toEqual({
    outcome: 'refused',
    sentences: ['The institution “north” is there twice.'],
  });
  expect(await other.put(smallCampus.slice(0, 1), 1, by)).toEqual({ outcome: 'written' });
  expect(one.revision).toBe(1);
  await one.refresh();
  expect([one.revision, one.tree.nodes.map(placeKey)]).toEqual([2, ['institution:north']]);
});

test('of two processes that write at once one is told that it was not heard', async () => {
  const store = memoryPlaces();
  const late: (() => void)[] = [];
  // Both have looked before either has written.
  const slow: Store = {
    ...store,
    insert: async (table, bytes) => {
      await new Promise<void>((resolve) => late.push(resolve));
      return store.insert(table, bytes);
    },
  };
  const [one, other] = [bookOn(slow), bookOn(slow)];
  const writes = [one.put(smallCampus, 0, by), other.put(smallCampus.slice(0, 1), 0, by)];
  await expect.poll(() => late.length).toBe(2);
  for (const go of late) go();
  const outcomes = (await Promise.all(writes)).map(({ outcome }) => outcome);
  await Promise.all([one.refresh(), other.refresh()]);
  expect(one.tree.nodes).toEqual(other.tree.nodes);
  expect(outcomes).toContain('written');
  expect(one.revision).toBe(1);
});

test('a write whose answer is lost counts when it is there, and is an error when it is not', async () => {
  const store = memoryPlaces();
  const lost = new EngineError('SINK_UNAVAILABLE', 'insert: no answer');
  let arrives = true;
  const book = bookOn({
    ...store,
    insert: async (table, bytes) => {
      if (arrives) await store.insert(table, bytes);
      throw lost;
    },
  });
  expect(await book.put(smallCampus, 0, by)).toEqual({ outcome: 'written' });
  arrives = false;
  await expect(book.put([], 1, by)).rejects.toBe(lost);
  expect(book.revision).toBe(1);
});

test('where a definition belongs is what was said last, also by a clock that goes back', async () => {
  const store = memoryPlaces();
  const [one, other] = [await campusBook(store), bookOn(store)];
  const law = { level: 'programme', name: 'law' } as const;
  const algebra = { level: 'course', name: 'algebra' } as const;
  await one.move('experiment', 'tutor', law, by);
  now = 500;
  await one.move('experiment', 'tutor', algebra, by);
  await other.refresh();
  expect([one, other].map((book) => book.placeOf('experiment', 'tutor'))).toEqual([
    algebra,
    algebra,
  ]);
  expect(one.placeOf('policy', 'tutor')).toBeNull();
  await one.move('experiment', 'tutor', null, by);
  expect([one.placeOf('experiment', 'tutor'), one.belongings()]).toEqual([null, []]);
});
