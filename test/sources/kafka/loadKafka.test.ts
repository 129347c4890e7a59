/** What a user without the client reads. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadKafka } from '../../../sources/kafka/loadKafka.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = () => loadKafka(pathToFileURL(join(directory, 'package.json')));

test('a client that is not installed is one sentence that says what to run', () => {
  expect(load).toThrow(
    expect.objectContaining({
      code: 'KAFKA_ABSENT',
      message: 'Kafka is configured, but its client is not installed: run npm run kafka',
    }),
  );
});

test('a client that does not load says why, and what to run', () => {
  const client = join(directory, 'node_modules/@confluentinc/kafka-javascript');
  mkdirSync(client, { recursive: true });
  writeFileSync(join(client, 'index.js'), "throw new Error('libcurl.so.4: no such file\\nmore');");
  expect(load).toThrow(
    expect.objectContaining({
      code: 'KAFKA_ABSENT',
      message:
        'Kafka is configured, but its client does not load (libcurl.so.4: no such file): run npm run kafka',
    }),
  );
});
