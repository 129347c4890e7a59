/** Places: which may be a registry, and what lies in what. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Place } from '../../contracts/access.ts';
import {
  type PlaceNode,
  PlaceTree,
  placeKey,
  placeProblems,
  placesMax,
  readPlaceKey,
} from '../../contracts/place.ts';
import { smallCampus as campus } from '../support/smallCampus.ts';

const node = (level: PlaceNode['level'], name: string, parent: string | null): PlaceNode => ({
  ...{ level, name, parent },
});

test('a campus is a registry, and so is nothing', () => {
  expect(placeProblems(campus)).toEqual([]);
  expect(placeProblems([])).toEqual([]);
});

test.each([
  ['a course without programme', node('course', 'art', null), 'The course “art” has no programme.'],
  ['one of an absent one', node('course', 'art', 'arts'), 'the programme “arts”, which is not'],
  ['a course of an institution', node('course', 'art', 'north'), 'the programme “north”, which'],
  ['an institution with a parent', node('institution', 'east', 'north'), 'an institution has none'],
  ['two parents', node('course', 'algebra', 'law'), 'two parents, “mathematics” and “law”'],
  ['the same twice', node('course', 'algebra', 'mathematics'), '“algebra” is there twice'],
  ['an empty name', node('course', ' ', 'law'), 'A course has an empty name'],
  ['a name too long', node('course', 'x'.repeat(257), 'law'), 'of 257 characters: at most 256'],
  ['a name with U+0000', node('course', 'a\0b', 'law'), 'without U+0000'],
  ['what other segments are called', node('course', '(others)', 'law'), 'cannot be called so'],
])('%s is told', (_what, added, words) => {
  const problems = placeProblems([...campus, added]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(words);
});

test('more than ten thousand are told by their number, and of many problems the first twenty', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => node('institution', `i${i}`, null));
  expect(placeProblems(many(placesMax))).toEqual([]);
  expect(placeProblems(many(placesMax + 1))).toEqual([
    'There are 10001 places, and at most 10000 can be kept.',
  ]);
  expect(placeProblems(many(100).map((each) => ({ ...each, parent: 'x' })))).toHaveLength(20);
});

describe('a tree', () => {
  const tree = new PlaceTree(campus);
  const names = (place: Place) => tree.named([place]).map(placeKey);

  test('knows what lies in a place, and what it lies in', () => {
    expect(tree.within({ level: 'programme', name: 'mathematics' }).map(placeKey)).toEqual([
      'programme:mathematics',
      'course:algebra',
      'course:analysis',
    ]);
    expect(tree.within({ level: 'institution', name: 'south' }).map(placeKey)).toEqual([
      'institution:south',
      'programme:law',
      'course:contracts',
      'course:law',
    ]);
    expect(tree.around({ level: 'course', name: 'law' }).map(placeKey)).toEqual([
      'programme:law',
      'institution:south',
    ]);
    expect(tree.within({ level: 'course', name: 'toString' })).toEqual([]);
  });

  test.each([
    [{ course: 'algebra' }, ['course:algebra']],
    [{ institution: 'north', course: 'algebra' }, ['course:algebra']],
    [{ programme: 'law' }, ['programme:law']],
    [{ course: 'law' }, ['course:law']],
    [{}, ['institution:north', 'institution:south']],
    // Nobody’s: of another programme than it is said to be, or registered nowhere.
    [{ programme: 'law', course: 'algebra' }, []],
    [{ institution: 'south', programme: 'mathematics' }, []],
    [{ course: 'unheard' }, []],
  ])('%o names %j', (place, expected) => {
    expect(names(place)).toEqual(expected);
  });
});

test('a place is read back from how it is asked for, and from nothing else', () => {
  expect(readPlaceKey('course:a:b')).toEqual({ level: 'course', name: 'a:b' });
  for (const text of [
    '',
    'course',
    'course:',
    ':a',
    'room:a',
    'Course:a',
    'course: ',
    'course:\0',
  ]) {
    expect([text, readPlaceKey(text)]).toEqual([text, undefined]);
  }
  fc.assert(
    fc.property(
      fc.constantFrom('institution', 'programme', 'course'),
      fc.string(),
      (level, name) => {
        const read = readPlaceKey(placeKey({ level, name }));
        expect(read === undefined || (read.level === level && read.name === name)).toBe(true);
      },
    ),
  );
});
