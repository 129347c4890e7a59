/** `millrace places`, before an engine that answers as one would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { placesOfCsv } from '../../cli/readPlaces.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { smallCampus } from '../support/smallCampus.ts';
import { run } from './run.ts';
import { type Answer, type StubEngine, startStubEngine } from './stubEngine.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));
const slow = 60_000;

let engine: StubEngine;
afterEach(() => engine?.close());
const answer = {
  ...{ revision: 3, places: smallCampus, mine: 'everywhere' },
  unplaced: [{ course: 'biology\u001b[31m', events: 12, lastSeen: 5 }],
};

function fileOf(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const csv = `institution,programme,course
north,mathematics,algebra
north,mathematics,analysis

south,law,contracts\r
south,law,law
`;

describe('a file of CSV', () => {
  test('has each place once', () => {
    const places = placesOfCsv(csv, 'f.csv');
    expect(places).toHaveLength(smallCampus.length);
    expect(places).toEqual(expect.arrayContaining([...smallCampus]));
  });

  test('may quote names, and end with a programme', () => {
    const text = 'institution,programme,course\r\n"Caltech, ""main""",law\r\n"a\nb",,\r\nc';
    expect(placesOfCsv(text, 'f.csv')).toEqual([
      { level: 'institution', name: 'Caltech, "main"', parent: null },
      { level: 'programme', name: 'law', parent: 'Caltech, "main"' },
      { level: 'institution', name: 'a\nb', parent: null },
      { level: 'institution', name: 'c', parent: null },
    ]);
  });

  test.each([
    ['', 'expected the first line institution,programme,course, got '],
    ['course,programme,institution\n', 'got course,programme,institution'],
    ['institution,programme,course\na,b,c,d\n', 'line 2: expected 3 fields, got 4'],
    ['institution,programme,course\na,b,c\n,b,c\n', 'line 3: expected the institution'],
    ['institution,programme,course\n\na,,c\n', 'line 3: expected the programme'],
    ['institution,programme,course\n"a\n', 'line 2: a quote is not closed'],
    ['institution,programme,course\n"a"b\n', 'line 2: expected a comma behind a quoted field'],
  ])('%j is refused', (text, words) => {
    expect(() => placesOfCsv(text, 'f.csv')).toThrow(words);
  });
});

test(
  'list shows each place below what it lies in, and the courses that are placed nowhere',
  async () => {
    engine = await startStubEngine({ '/v1/places': { body: answer } });
    const { status: code, stdout } = await run(...['places', 'list', '--url', engine.url]);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'north  (institution)',
      '  mathematics  (programme)',
      '    algebra  (course)',
      '    analysis  (course)',
    ]);
    expect(stdout).toContain('Courses of events that are placed nowhere: biology');
    expect(stdout).not.toContain('\u001b');
  },
  slow,
);

test.each([
  ['places.csv', csv],
  ['places.json', JSON.stringify(smallCampus)],
  ['listed.json', JSON.stringify(answer)],
])(
  'import takes %s, from the newest revision',
  async (name, text) => {
    engine = await startStubEngine({ '/v1/places': { body: answer } });
    const file = fileOf(name, text);
    const by = ['--reason', 'spring', '--actor', 'Ada', '--url', engine.url];
    const { status: code, stdout, stderr } = await run(...['places', 'import', file, ...by]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Institutions: 2, programmes: 2, courses: 4.');
    const { method, body, headers } = engine.asked.at(-1)!;
    expect([method, headers['millrace-actor']]).toEqual(['PUT', 'Ada']);
    const sent = JSON.parse(body.toString());
    expect(sent).toMatchObject({ revision: 3, reason: 'spring' });
    expect(sent.places).toHaveLength(8);
  },
  slow,
);

test(
  'import says what is wrong: with the file, and in the words of the engine',
  async () => {
    const refusal: Answer = {
      status: 422,
      body: { code: 'PLACE_REFUSED', title: 'places cannot be so', detail: 'It is there twice.' },
    };
    engine = await startStubEngine({ '/v1/places': [{ body: answer }, refusal] });
    const importing = (file: string) =>
      run(...['places', 'import', file, '--reason', 'x', '--url', engine.url]);
    const told = async (file: string) => (await importing(file)).stderr;
    expect(await told(join(directory, 'none.csv'))).toContain('FILE_UNREADABLE');
    expect(await told(fileOf('bad.json', '{"a"'))).toContain('A file of CSV is called …csv.');
    expect(await told(fileOf('odd.json', '[{"level":"room"}]'))).toContain('a list of places');
    expect(engine.asked).toHaveLength(0);
    const { status: code, stderr } = await importing(
      fileOf('twice.json', JSON.stringify(smallCampus)),
    );
    expect([code, stderr]).toEqual([
      1,
      'millrace: It is there twice.\n  PLACE_REFUSED: places cannot be so\n',
    ]);
  },
  slow,
);
