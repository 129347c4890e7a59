/** What a user without the client of a schema registry reads. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRegistry } from '../../../../sources/kafka/formats/loadRegistry.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = () => loadRegistry(pathToFileURL(join(directory, 'package.json')));

test('a client that is not installed is one sentence that says what to run', () => {
  expect(load).toThrow(
    expect.objectContaining({
      code: 'REGISTRY_ABSENT',
      message:
        'a schema registry is configured, but its client is not installed: run npm run kafka -- --formats',
    }),
  );
});

test('a client that does not load says why, and what to run', () => {
  const serde = join(directory, 'node_modules/@confluentinc/schemaregistry/dist/serde');
  mkdirSync(serde, { recursive: true });
  writeFileSync(join(serde, 'avro.js'), '');
  expect(load).toThrow(
    expect.objectContaining({
      code: 'REGISTRY_ABSENT',
      message: expect.stringMatching(
        /its client does not load \(Cannot find module .*\): run npm run kafka -- --formats$/,
      ),
    }),
  );
});
