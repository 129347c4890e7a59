import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { expectFormat } from '../../../sources/replay/expectFormat.ts';

const directory = mkdtempSync(join(tmpdir(), 'millrace-format-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const event = '{"id":"a","type":"viewed","time":0,"user":"u"}';
const answers = 'student,step,problem,skill,correct\r\n1,1,1,1,1\r\n';

test.each([
  ['lines of JSON', 'a', event, 'ndjson'],
  ['answers', 'b', answers, 'assistments'],
  ['packed answers', 'c.gz', gzipSync(answers), 'assistments'],
])('%s are of their format, and of no other', async (_name, file, content, format) => {
  const path = fileOf(file, content);
  await expectFormat(path, format);
  const other = format === 'ndjson' ? 'assistments' : 'ndjson';
  await expect(expectFormat(path, other)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: `${path}: its first line is not of the format ${other}, but of ${format}: add --format ${format}`,
  });
});

test('what fits no format is left to the one that was named', async () => {
  for (const content of ['', '\n', 'student,problem\n1,2\n', 'x'.repeat(1_000_000)]) {
    const path = fileOf('other', content);
    await expectFormat(path, 'ndjson');
    await expectFormat(path, 'assistments');
  }
});

test('a file that cannot be read is told', async () => {
  const cut = gzipSync(Buffer.from(event)).subarray(0, 20);
  for (const path of [join(directory, 'none'), directory, fileOf('cut.gz', cut)]) {
    await expect(expectFormat(path, 'ndjson')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  }
});
