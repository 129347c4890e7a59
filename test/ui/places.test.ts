/** Places without a browser: how they are written in the address, what lies in what, a draft of them, and a file of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlaceNode, placeProblems } from '../../contracts/place.ts';
import { askAbout, ownPlaces, placeOf, placeText, readPlace } from '../../ui/data/place.ts';
import { pathWords, placePaths } from '../../ui/data/placePaths.ts';
import { placeTree } from '../../ui/data/placeTree.ts';
import { keepView, readSearch } from '../../ui/data/search.ts';
import { changeWords } from '../../ui/settings/places/changeWords.ts';
import { placeChanges } from '../../ui/settings/places/placeChanges.ts';
import { allWithin, edited, type PlaceEdit } from '../../ui/settings/places/placeEdits.ts';
import { readPlacesCsv } from '../../ui/settings/places/readPlacesCsv.ts';
import { fakePlaces } from '../support/fakePlaces.ts';

const { places } = fakePlaces(0);
const course = (name: string) => ({ level: 'course', name }) as const;
const programme = (name: string) => ({ level: 'programme', name }) as const;
const institution = (name: string) => ({ level: 'institution', name }) as const;
const find = (those: readonly PlaceNode[], name: string) =>
  those.find((each) => each.name === name);

describe('the place in the address', () => {
  test('is read back as it was written, and stays from page to page', () => {
    const levels = fc.constantFrom('institution', 'programme', 'course');
    const names = fc.string({ minLength: 1, maxLength: 256 }).filter((name) => !/\0/.test(name));
    fc.assert(
      fc.property(levels, names, (level, name) => {
        expect(readPlace(placeText({ level, name }))).toEqual({ level, name });
      }),
    );
    const search = readSearch({ place: 'course:Algebra', who: 'ada' });
    expect(search.place).toBe('course:Algebra');
    expect(keepView(search).place).toBe('course:Algebra');
  });

  test.each([
    ...['Algebra', 'course:', 'room:1', 'course:a\0b', `course:${'x'.repeat(257)}`],
    ...[7, null, ['course:Algebra'], { level: 'course' }],
  ])('is none when it is %j', (place) => {
    expect(readSearch({ place }).place).toBeUndefined();
  });

  test('goes with each question but those that no place changes', () => {
    askAbout('course:Algebra');
    expect(placeOf('/v1/experiments/hints')).toBe('course:Algebra');
    for (const path of ['session', 'accounts/1', 'places', 'audit', 'belongings', 'routes']) {
      expect(placeOf(`/v1/${path}`)).toBeUndefined();
    }
    askAbout(undefined);
    expect(placeOf('/v1/experiments')).toBeUndefined();
  });
});

describe('what lies in what', () => {
  const tree = placeTree({ places, mine: 'everywhere' });

  test('is told from the whole to the part', () => {
    expect(pathWords(tree.pathTo(course('Optics')))).toBe('North College ▸ Physics ▸ Optics');
    expect(tree.pathTo(course('Botany'))).toEqual([course('Botany')]);
    expect(tree.within(institution('North College'), 'course').map(({ name }) => name)).toEqual([
      ...['Algebra', 'Calculus', 'Mechanics', 'Number theory', 'Optics'],
    ]);
    expect([...placePaths(places, ({ level }) => level === 'programme').keys()]).toEqual([
      'North College ▸ Mathematics',
      'North College ▸ Physics',
      'South University ▸ Law',
      'South University ▸ Nursing',
    ]);
  });

  test('is one’s own with what lies in it, and not with what lies around it', () => {
    const { isOwn, within } = placeTree({ places, mine: [programme('Physics')] });
    expect([course('Optics'), programme('Physics')].map(isOwn)).toEqual([true, true]);
    expect([institution('North College'), course('Algebra')].map(isOwn)).toEqual([false, false]);
    expect(within(undefined, 'institution')).toEqual([]);
    expect(within(undefined, 'course').map(({ name }) => name)).toEqual(['Mechanics', 'Optics']);
  });

  test('does not go round in a circle that a broken answer might hold', () => {
    const broken = [{ level: 'institution' as const, name: 'A', parent: 'A' }];
    expect(placeTree({ places: broken, mine: 'everywhere' }).pathTo(institution('A'))).toHaveLength(
      1,
    );
  });

  test('of a scope is the innermost that each of its places names', () => {
    expect(ownPlaces('everywhere')).toBeUndefined();
    expect(ownPlaces([{ institution: 'North', course: 'Algebra' }, { programme: 'Law' }])).toEqual([
      course('Algebra'),
      programme('Law'),
    ]);
  });
});

describe('a draft of the places', () => {
  test('adds, renames with what lies in it, moves, and removes with what lies in it', () => {
    const edits: readonly PlaceEdit[] = [
      { kind: 'add', place: { ...course('Botany'), parent: 'Physics' } },
      { kind: 'rename', place: programme('Physics'), name: 'Nature' },
      { kind: 'move', place: course('Calculus'), parent: 'Nature' },
      { kind: 'remove', place: institution('South University') },
    ];
    const after = edited(places, edits);
    expect(placeProblems(after)).toEqual([]);
    expect(['Botany', 'Calculus', 'Optics'].map((name) => find(after, name)?.parent)).toEqual([
      ...['Nature', 'Nature', 'Nature'],
    ]);
    expect(after.some(({ name }) => /South|Law|Contracts|Care/.test(name))).toBe(false);
    expect(placeChanges(places, after).map(changeWords)).toContain(
      'The course Calculus moves to Nature',
    );
  });

  test('keeps what somebody else has done meanwhile', () => {
    const edits: readonly PlaceEdit[] = [
      { kind: 'rename', place: course('Care'), name: 'Care II' },
      { kind: 'remove', place: course('Optics') },
    ];
    const others = edited(places, [
      { kind: 'remove', place: course('Care') },
      { kind: 'add', place: { ...course('Waves'), parent: 'Physics' } },
    ]);
    const changes = placeChanges(others, edited(others, edits));
    expect(changes.map(changeWords)).toEqual(['The course Optics is removed']);
  });

  test('finds all within a place, at each depth', () => {
    expect(allWithin(places, institution('South University')).map(({ name }) => name)).toEqual([
      ...['South University', 'Nursing', 'Law', 'Anatomy', 'Care', 'Contracts'],
    ]);
  });
});

describe('a file of places', () => {
  test('is read with head, quotes, semicolons and a byte order mark', () => {
    const expected = [
      { ...institution('North, "old"'), parent: null },
      { ...programme('Maths'), parent: 'North, "old"' },
      { ...course('Algebra'), parent: 'Maths' },
      { ...institution('Alone'), parent: null },
    ];
    const lines = ['Institution,Programme,Course', '"North, ""old""",Maths,Algebra', '', 'Alone,,'];
    expect(readPlacesCsv(lines.join('\n'))).toEqual({ places: expected, mistakes: [] });
    const odd = `\uFEFF"North, ""old""";Maths;Algebra\r\nAlone;;\r\n`;
    expect(readPlacesCsv(odd)).toEqual({ places: expected, mistakes: [] });
  });

  test('names each line that cannot be taken', () => {
    const text = [
      ...['North,Maths,Algebra', 'South,Law,Algebra', 'North,,Optics', 'a,b,c,d'],
      ...[`North,Maths,${'x'.repeat(300)}`, '"North,Maths,Open'],
    ].join('\n');
    expect(readPlacesCsv(text).mistakes).toEqual([
      { line: 2, kind: 'twice', name: 'Algebra' },
      { line: 3, kind: 'gap', name: 'Optics' },
      { line: 4, kind: 'columns', name: '' },
      { line: 5, kind: 'long', name: 'x'.repeat(60) },
      { line: 6, kind: 'quote', name: '' },
    ]);
  });

  test('counts the lines within a quoted name', () => {
    expect(readPlacesCsv('"A\nB",,\na,b,c,d\n').mistakes).toEqual([
      { line: 3, kind: 'columns', name: '' },
    ]);
  });

  test('takes any names that are written by the rules, and makes a registry of them', () => {
    const names = fc.uniqueArray(
      fc.string({ minLength: 1, maxLength: 20 }).map((name) => `n${name.replace(/\0/g, '')}.`),
      { minLength: 1, maxLength: 8 },
    );
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(names, (courses) => {
        const text = courses.map((name) => `North,Maths,${quoted(name)}`).join('\r\n');
        const read = readPlacesCsv(text);
        expect(read.mistakes).toEqual([]);
        expect(placeProblems(read.places)).toEqual([]);
        expect(read.places.slice(2).map(({ name }) => name)).toEqual(courses);
      }),
    );
  });

  test('of ten megabytes in one name is read in time, and refused', () => {
    expect(readPlacesCsv(`North,Maths,"${'x'.repeat(10_000_000)}"`).mistakes[0]?.kind).toBe('long');
  });
});
