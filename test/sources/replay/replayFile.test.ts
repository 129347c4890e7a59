import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventBytesMax } from '../../../contracts/event.ts';
import {
  type RecordBatch,
  type ReplayOptions,
  replayFile,
} from '../../../sources/replay/replayFile.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-replay-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
function fileOf(content: string | Uint8Array, suffix = ''): string {
  files += 1;
  const path = join(directory, `${files}${suffix}`);
  writeFileSync(path, content);
  return path;
}

async function batchesOf(options: ReplayOptions): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of replayFile(options)) batches.push(batch);
  return batches;
}

async function textsOf(options: ReplayOptions): Promise<string[]> {
  const texts: string[] = [];
  for (const { bytes, ends, length } of await batchesOf(options)) {
    for (let i = 0; i < length; i += 1) {
      texts.push(Buffer.from(bytes.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)).toString());
    }
  }
  return texts;
}

const header = 'student,step,problem,skill,correct\n';
const answers = `${header}1361,1,1373,3,1\n1361,2,646,28,0\n`;

test('ASSISTments rows become answered events, one second apart', async () => {
  const options = { path: fileOf(answers), format: 'assistments' };
  const texts = await textsOf({ ...options, startTime: Date.UTC(2020, 1, 28, 23, 59, 59, 7) });
  expect(texts[0]).toBe(
    '{"id":"assistments-1361-1","type":"answered","time":"2020-02-28T23:59:59.007Z",' +
      '"user":"student-1361","item":"problem-1373","value":1,' +
      '"context":{"skill":"skill-3","step":1}}',
  );
  expect(JSON.parse(texts[1]!)).toEqual({
    id: 'assistments-1361-2',
    type: 'answered',
    time: '2020-02-29T00:00:00.007Z',
    user: 'student-1361',
    item: 'problem-646',
    value: 0,
    context: { skill: 'skill-28', step: 2 },
  });
  expect(JSON.parse((await textsOf(options))[0]!).time).toBe('2017-01-01T00:00:00.000Z');
});

test('every time is what Date writes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
      async (start) => {
        const rows = Array.from({ length: 5 }, (_, i) => `1,${i},1,1,0`).join('\n');
        const path = fileOf(header + rows);
        const texts = await textsOf({ path, format: 'assistments', startTime: start.getTime() });
        expect(texts.map((text) => JSON.parse(text).time)).toEqual(
          [0, 1, 2, 3, 4].map((s) => new Date(start.getTime() + 1000 * s).toISOString()),
        );
      },
    ),
    { numRuns: 40, seed: 3 },
  ));

test('a row that is not of the format stops the replay and names its line', async () => {
  for (const [content, message] of [
    ['', 'line 1: expected the header'],
    ['student,step\n', 'line 1: expected the header'],
    [`${header}1,1,1,1\n`, 'line 2: expected 5 columns'],
    [`${answers}1,1,1,1,1,1\n`, 'line 4: expected 5 columns'],
    [`${answers}1,1,1,1,\n`, 'line 4: expected a whole number of at most 9 digits as correct'],
    [`${header}x,1,1,1,1\n`, 'digits as student, got "x,1,1,1,1"'],
    [`${header}1,-1,1,1,1\n`, 'digits as step'],
    [`${header}1,01,1,1,1\n`, 'digits as step'],
    [`${header}1,1,1234567890,1,1\n`, 'digits as problem'],
    [`${header}1,1,1,1,2\n`, 'line 2: expected 0 or 1 as correct'],
    [`${header}1,1,1,1,10\n`, 'line 2: expected 0 or 1 as correct'],
    [`${header}1,1,1,1,"${'1'.repeat(70_000)}`, 'line 2: expected 5 columns'],
  ] as const) {
    const path = fileOf(content);
    await expect(batchesOf({ path, format: 'assistments' })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining(message),
    });
  }
});

test('lines of JSON come as they are, blank ones left out, with either line end', async () => {
  const path = fileOf('{"a":1}\r\n\n  \t\n not json \n{"b":"ü"}');
  expect(await textsOf({ path, format: 'ndjson' })).toEqual(['{"a":1}', ' not json ', '{"b":"ü"}']);
  expect(await textsOf({ path: fileOf(''), format: 'ndjson' })).toEqual([]);
});

test('an over-long line is cut one byte beyond the limit, the next is whole', async () => {
  const fitting = 'f'.repeat(eventBytesMax);
  const path = fileOf(`${'x'.repeat(1_000_000)}\n${fitting}\nafter\n${'z'.repeat(300_000)}`);
  const texts = await textsOf({ path, format: 'ndjson' });
  expect(texts.map((text) => [text[0], text.length])).toEqual([
    ['x', eventBytesMax + 1],
    ['f', eventBytesMax],
    ['a', 5],
    ['z', eventBytesMax + 1],
  ]);
});

test('batches, pieces and compression change nothing but the cuts', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.nat(80), fc.nat(90_000)), { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (sizes, batchSize, gzip) => {
        const lines = sizes.map((size, i) => `${i}:${'-'.repeat(Math.min(size, 60_000))}`);
        const content = lines.join('\n');
        const path = fileOf(gzip ? gzipSync(content) : content);
        const batches = await batchesOf({ path, format: 'ndjson', batchSize });
        expect(await textsOf({ path, format: 'ndjson', batchSize })).toEqual(lines);
        const lengths = batches.map(({ length }) => length);
        expect(Math.max(1, ...lengths)).toBeLessThanOrEqual(batchSize);
        let rows = 0;
        let progress = 0;
        for (const batch of batches) {
          rows += batch.length;
          expect(batch.rows).toBe(rows);
          expect(batch.ends[batch.length - 1]).toBe(batch.bytes.length);
          expect(batch.progress).toBeGreaterThanOrEqual(progress);
          progress = batch.progress;
        }
        expect(progress).toBe(batches.length === 0 ? 0 : 1);
      },
    ),
    { numRuns: 40, seed: 5 },
  ));

test('a file that is absent, a folder, damaged or cut short is FILE_UNREADABLE', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `{"line":${i * 7919}}`).join('\n');
  const zipped = gzipSync(lines);
  for (const [path, message] of [
    [join(directory, 'none'), 'no such file'],
    [directory, 'EISDIR'],
    [fileOf(zipped.subarray(0, zipped.length / 2)), 'unexpected end of file, after line'],
    [fileOf('plain', '.gz'), 'incorrect header check'],
  ] as const) {
    await expect(batchesOf({ path, format: 'ndjson' })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining(message),
    });
  }
  await expect(batchesOf({ path: 'x', format: 'csv' })).rejects.toThrow(
    'format: expected one of ndjson, assistments, got csv',
  );
  await expect(batchesOf({ path: 'x', format: 'ndjson', batchSize: 0 })).rejects.toThrow(
    RangeError,
  );
  await expect(batchesOf({ path: 'x', format: 'ndjson', eventsPerSecond: 0 })).rejects.toThrow(
    RangeError,
  );
});

test('the pace is kept', async () => {
  const path = fileOf(Array.from({ length: 300 }, (_, i) => `${i}`).join('\n'));
  const started = performance.now();
  const batches = await batchesOf({ path, format: 'ndjson', eventsPerSecond: 1000 });
  const elapsed = performance.now() - started;
  expect(batches.map(({ length }) => length)).toEqual([100, 100, 100]);
  expect(elapsed).toBeGreaterThan(195); // the third is due after 200 ms
  expect(elapsed).toBeLessThan(5000);
});

test('what is left out leaves the rest as it was, wherever a batch is cut, and takes no time', async () => {
  const lines = Array.from({ length: 300 }, (_, i) => `${i}`);
  const path = fileOf(lines.join('\n'));
  for (const [skipRows, batchSize] of [
    [0, 7],
    [1, 7],
    [70, 7],
    [299, 300],
    [300, 7],
    [400, 7],
  ] as const) {
    const options = { path, format: 'ndjson', skipRows, batchSize };
    expect(await textsOf(options)).toEqual(lines.slice(skipRows));
    const batches = await batchesOf(options);
    expect(batches.at(-1)?.rows).toBe(skipRows < 300 ? 300 : undefined);
  }
  // At this pace, all events but the last would take five hours.
  const paced = { path, format: 'ndjson', skipRows: 299, eventsPerSecond: 1 / 60 };
  expect(await textsOf(paced)).toEqual(['299']);
});

test('an aborted signal ends the replay, also while it waits for its pace', async () => {
  const path = fileOf(Array.from({ length: 100 }, (_, i) => `${i}`).join('\n'));
  const stop = new AbortController();
  const { signal } = stop;
  let seen = 0;
  const replay = async () => {
    const options = { path, format: 'ndjson', eventsPerSecond: 0.01, signal };
    for await (const { length } of replayFile(options)) {
      seen += length;
      setTimeout(() => stop.abort(), 5);
    }
  };
  await expect(replay()).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen).toBe(1);
  await expect(batchesOf({ path, format: 'ndjson', signal })).rejects.toThrow();
});

const descriptors = '/proc/self/fd';

test.skipIf(!existsSync(descriptors))(
  'a file is closed, whether read to its end or not',
  async () => {
    const path = fileOf('{"a":1}\n'.repeat(100_000));
    const short = fileOf(gzipSync('{"a":1}\n'));
    const before = readdirSync(descriptors).length;
    for (let i = 0; i < 50; i += 1) {
      for await (const batch of replayFile({ path, format: 'ndjson', batchSize: 10 })) {
        expect(batch.length).toBe(10);
        break;
      }
      await batchesOf({ path: short, format: 'ndjson' });
    }
    expect(readdirSync(descriptors).length).toBeLessThan(before + 10);
  },
);

const real = fileURLToPath(
  new URL('../../../../shared/data/assistments2017.csv.gz', import.meta.url),
);

// Counts from the data's own description: 941,502 answers of 1,705 students.
test.skipIf(!existsSync(real))(
  'the real file gives all its answers (skipped: absent)',
  async () => {
    let rows = 0;
    let correct = 0;
    let batches = 0;
    let lastText = '';
    const users = new Set<string>();
    const pattern = /"user":"([^"]+)"/g;
    for await (const batch of replayFile({ path: real, format: 'assistments' })) {
      const text = Buffer.from(batch.bytes).toString('latin1');
      for (const [, user] of text.matchAll(pattern)) users.add(user!);
      correct += text.split('"value":1,').length - 1;
      rows += batch.length;
      batches += 1;
      lastText = text.slice(batch.ends[batch.length - 2]);
      expect(batch.rows).toBe(rows);
    }
    expect([rows, users.size]).toEqual([941_502, 1705]);
    expect(correct / rows).toBeGreaterThan(0.3);
    expect(correct / rows).toBeLessThan(0.5);
    expect(batches).toBeGreaterThan(200);
    expect(JSON.parse(lastText).time).toBe(
      new Date(Date.UTC(2017, 0, 1) + 941_501_000).toISOString(),
    );
  },
);
