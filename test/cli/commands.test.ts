/** Each command of the command line by itself: its help, its wrong options, and what it does without an engine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { begin, run } from './run.ts';
import { type StubEngine, startStubEngine } from './stubEngine.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));

/** Nothing listens there. */
const nobody = 'http://127.0.0.1:9';
const slow = 120_000;

describe('help', () => {
  const options: Record<string, readonly string[]> = {
    start: [
      '--data',
      '--port',
      '--partitions',
      '--replay',
      '--no-campus',
      '--format',
      '--students',
    ],
    replay: ['<file>', '--format', '--pace', '--url'],
    simulate: ['--url', '--past', '--speed', '--rate', '--students', '--seed'],
    status: ['--url', '--json'],
    audit: ['list', 'verify'],
    'audit list': ['--url', '--from', '--to', '--who', '--subject', '--limit', '--json', 'Example'],
    'audit verify': ['[file]', '--url', '--heads', 'Exit status', 'Example'],
    dlq: ['list', 'replay'],
    'dlq list': ['--url', '--code', '--since', '--limit', '--json'],
    'dlq replay': ['--url', '--code', '--since', '--dry-run', '--again', 'Exit status'],
    doctor: ['--data', '--port'],
    migrate: ['--data', '--dry-run'],
    account: ['add', 'list', 'reset-password', 'switch-off', 'sign-out'],
    'account add': ['<login>', '--name', '--role', '--data', '--reason', '--actor', 'Example'],
    'account switch-off': ['<login>', '--on', '--data'],
    key: ['add', 'list', 'revoke'],
    'key add': ['<name>', '--may', '--days', '--data', '--reason', '--actor', 'Example'],
    'key revoke': ['<prefix>', '--data', '--reason'],
    places: ['list', 'import'],
    'places list': ['--url', '--json'],
    'places import': ['<file>', '--url', '--reason', '--actor'],
    pseudonym: ['[ids...]', '--data'],
    experiment: ['replay'],
    'experiment replay': [
      ...['<experiment>', '--data', '--at', '--back', '--partitions', '--source', '--json'],
      'Exit status',
    ],
    verify: ['<file>'],
    'export-training-set': [
      ...['--data', '--model', '--feature-version', '--from', '--to', '--rows', '--filter'],
      ...['--holdout', '--output', 'no engine may run'],
    ],
    models: ['list', 'show', 'Example'],
    'models list': ['--url', '--json'],
    'models show': ['<model>', '--url', '--json', 'Example'],
    rollback: [
      ...['<model>', '<version>', '--url', '--reason', '--actor', '--yes', 'Exit status'],
      'Example',
    ],
    release: ['start', 'pause', 'resume', 'abort', 'approve', 'Example'],
    'release start': ['<model>', '<version>', '--url', '--reason', '--actor', 'Example'],
    'release pause': ['<model>', '--url', '--reason', '--actor', 'Example'],
    retrain: ['<model>', '--url', '--reason', '--actor', '--follow', 'Exit status', 'Example'],
    'import-model': [
      ...['<file>', '--model', '--manifest', '--trainer', '--notes', '--url', '--reason'],
      ...['--actor', '--follow', 'exit status', 'Example'],
    ],
    'evaluate-policy': ['[key]', '--candidate', '--from', '--to', '--file', '--policy', '--json'],
  };

  test(
    'lists every command, and of each its options',
    async () => {
      const { status, stdout } = await run('--help');
      expect(status).toBe(0);
      const commands = Object.keys(options).filter((command) => !command.includes(' '));
      for (const command of commands) expect(stdout).toMatch(`  ${command} `);
      await Promise.all(
        Object.entries(options).map(async ([command, names]) => {
          const help = await run(...command.split(' '), '--help');
          expect([command, help.status, help.stderr]).toEqual([command, 0, '']);
          for (const name of names) expect(help.stdout).toContain(name);
        }),
      );
    },
    slow,
  );

  test(
    'the version is the package’s',
    async () => {
      const { status, stdout } = await run('--version');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    },
    slow,
  );
});

describe('what is wrong is told in a sentence, without a stack, and is not a success', () => {
  const good = join(directory, 'good.ndjson');
  writeFileSync(good, '{"id":"a","type":"viewed","time":0,"user":"u"}\n');
  const answers = join(directory, 'answers.csv');
  writeFileSync(answers, 'student,step,problem,skill,correct\n1,1,1,1,1\n');
  const broken = join(directory, 'broken.csv');
  writeFileSync(broken, 'student,problem\n1,2\n');

  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no such command', ['fly'], /unknown command 'fly'/],
    ['no such option', ['start', '--fly'], /unknown option '--fly'/],
    ['an option of another command', ['migrate', '--port', '1'], /unknown option '--port'/],
    ['a rate that is no number', ['start', '--rate', 'fast'], /expected a number between 0\.1 and/],
    ['a port out of range', ['start', '--port', '70000'], /port \(PORT\).*got "70000"/],
    ['a port that is no number', ['doctor', '--port', 'x'], /port \(PORT\)/],
    [
      'partitions out of range',
      ['start', '--partitions', '0'],
      /partitions \(MILLRACE_PARTITIONS\)/,
    ],
    [
      'no such format',
      ['replay', 'f', '--format', 'xml'],
      /Allowed choices are ndjson, assistments/,
    ],
    ['no file named', ['replay'], /missing required argument 'file'/],
    ['a file that is not there', ['replay', join(directory, 'absent'), '--url', nobody], /absent/],
    [
      'a file in no format',
      ['replay', broken, '--format', 'assistments', '--url', nobody],
      /header student,step,problem,skill,correct/,
    ],
    [
      'a file in another format to replay',
      ['replay', good, '--format', 'assistments', '--url', nobody],
      /good\.ndjson: its first line is not of the format assistments, but of ndjson: add --format ndjson/,
    ],
    [
      'a file in another format to start with',
      ['start', '--replay', answers],
      /answers\.csv: its first line is not of the format ndjson, .*: add --format assistments/,
    ],
    ['no engine with a record', ['audit', 'verify', '--url', nobody], /no engine answers on http:/],
    ['heads that are none', ['audit', 'verify', '--heads', 'x'], /expected heads as a check tells/],
    ['no engine', ['status', '--url', nobody], /no engine answers on http:\/\/127\.0\.0\.1:9/],
    ['no engine to send a campus to', ['simulate', '--url', nobody], /no engine answers on http:/],
    ['no such code', ['dlq', 'list', '--code', 'X'], /Allowed choices are EVENT_NOT_JSON, /],
    ['no such time', ['dlq', 'replay', '--since', 'x'], /expected an age such as 30m, 2h or 7d/],
    ['letters without end', ['dlq', 'list', '--limit', '0'], /expected a number between 1 and/],
    ['no engine with letters', ['dlq', 'list', '--url', nobody], /no engine answers on http:/],
    ['no engine to replay letters', ['dlq', 'replay', '--url', nobody], /no engine answers on/],
    [
      'no such model to train',
      ['export-training-set', '--model', 'oracle', '--output', 'x.csv'],
      /model: expected answer, got oracle/,
    ],
    [
      'a training set in no format',
      ['export-training-set', '--model', 'answer', '--output', 'x.xls'],
      /output: expected a name that ends with \.csv or \.parquet, got x\.xls/,
    ],
    [
      'a condition that is none',
      ['export-training-set', '--model', 'answer', '--output', 'x.csv', '--filter', 'algebra'],
      /expected a condition such as context\.course=algebra/,
    ],
    ['no engine to replay to', ['replay', good, '--url', nobody], /no engine answers on http:/],
    [
      'an address that is none',
      ['status', '--url', 'localhost:8080'],
      /expected an address like http/,
    ],
  ];

  test.each(cases)(
    '%s',
    async (_name, args, sentence) => {
      const { status, stdout, stderr } = await run(...args);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(status).toBe(1);
      expect(stdout).toBe('');
    },
    slow,
  );
});

describe('an engine that takes nothing', () => {
  let engine: StubEngine;
  beforeAll(async () => {
    engine = await startStubEngine({
      '/v1/health': { body: { state: 'attention', sentence: 'The disk is full.', checks: [] } },
      '/v1/events': { status: 503, body: { code: 'LOG_FULL', detail: 'the disk is full' } },
    });
  });
  afterAll(() => engine.close());
  const file = join(directory, 'one.ndjson');
  writeFileSync(file, '{"id":"a","type":"viewed","time":0,"user":"u"}\n');

  test.each([
    ['simulate', ['--past', '1']],
    ['replay', [file]],
  ])(
    '%s tries again, says so, and ends in order on Ctrl-C',
    async (command, args) => {
      const running = begin(command, ...args, '--url', engine.url);
      try {
        await eventually(() =>
          expect(running.said()).toMatch(/Tried again until .*: \/v1\/events: the disk is full/),
        );
      } finally {
        running.process.kill('SIGINT');
      }
      const { status, stdout, stderr } = await running.ended;
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stdout).toMatch(/0 events sent, 0 refused\.\n$/);
      expect(status).toBe(0);
    },
    slow,
  );
});

describe('status of an engine that cannot tell its pipelines', () => {
  test.each([
    ['as sentences', [], /^The database does not answer\.\n {2}bad: nothing of it\n$/],
    ['as JSON', ['--json'], /^{"health":{"state":"bad",.*},"pipelines":null}\n$/],
  ])(
    'is told all the same, %s',
    async (_name, args, expected) => {
      const engine = await startStubEngine({
        '/v1/health': {
          body: {
            state: 'bad',
            sentence: 'The database does not answer.',
            checks: [{ name: 'ClickHouse', state: 'bad', detail: 'nothing of it' }],
          },
        },
        '/v1/pipelines': {
          status: 503,
          body: { code: 'SINK_UNAVAILABLE', detail: 'no ClickHouse' },
        },
      });
      try {
        const { status, stdout, stderr } = await run('status', '--url', engine.url, ...args);
        expect(stdout).toMatch(expected);
        expect(stderr).toMatch(/^millrace: \/v1\/pipelines: no ClickHouse\n/);
        expect(status).toBe(1);
      } finally {
        engine.close();
      }
    },
    slow,
  );
});

describe('dead letters', () => {
  const letter = {
    pipeline: 'learning',
    partition: 1,
    offset: 17,
    receivedAt: Date.UTC(2026, 10, 20),
    code: 'EVENT_NOT_JSON',
    reason: 'event: expected one JSON object in UTF-8, got text that is not',
    bytes: { text: '{"id":"\u001b[31mred\u202e' },
    key: null,
    headers: [],
    replayedAt: Date.UTC(2026, 10, 21),
  };
  const since = Date.UTC(2026, 10, 1);
  const listed = `/v1/dead-letters?code=EVENT_NOT_JSON&from=${since}`;
  const chosen = ['--code', 'EVENT_NOT_JSON', '--since', '2026-11-01'];
  const page = { total: 2, to: 99, letters: [letter], next: '1-1-17-learning' };
  const replayed = { selected: 2, accepted: 1, refused: 1, next: null };
  const refusals = [{ pipeline: 'learning', partition: 1, offset: 17, code: 'C', reason: 'why' }];
  const nothing = { total: 0, to: 99, letters: [], next: null };

  test.each([
    [
      'as paragraphs',
      [],
      `2026-11-20T00:00:00.000Z  EVENT_NOT_JSON  learning, partition 1, offset 17, sent again 2026-11-21T00:00:00.000Z
  ${letter.reason}
  {"id":"\\u{1b}[31mred\\u{202e}

1 of 2 dead letters.
`,
    ],
    ['as JSON', ['--json'], `${JSON.stringify(letter)}\n`],
  ])(
    'are listed %s, harmless for a terminal',
    async (_name, args, expected) => {
      const engine = await startStubEngine({ [`${listed}&limit=1`]: { body: page } });
      try {
        const all = [...chosen, '--limit', '1', ...args, '--url', engine.url];
        const { status, stdout, stderr } = await run('dlq', 'list', ...all);
        expect([stdout, stderr, status]).toEqual([expected, '', 0]);
      } finally {
        engine.close();
      }
    },
    slow,
  );

  test.each([
    ['sent', [], replayed, 0, /^1 accepted, 1 refused again, the first because of C \(why\)\.$/m],
    ['judged', ['--dry-run'], replayed, 0, /^1 would be accepted, 1 refused again, the first/m],
    ['all refused', [], { ...replayed, accepted: 0, refused: 2 }, 1, /^0 accepted, 2 refused/m],
  ] as const)(
    '%s, with a line of progress and an exit status',
    async (_name, args, answer, exit, expected) => {
      const engine = await startStubEngine({
        [`${listed}&replayed=false&limit=1`]: { body: page },
        '/v1/dead-letters/replay': { body: { ...answer, refusals } },
      });
      try {
        const all = [...chosen, ...args, '--url', engine.url];
        const { status, stdout, stderr } = await run('dlq', 'replay', ...all);
        expect(stdout).toMatch(/ dead letters: 100 %, 2 events\n/);
        expect(stdout).toMatch(expected);
        expect([status, stderr]).toEqual([exit, '']);
      } finally {
        engine.close();
      }
    },
    slow,
  );

  test(
    'are all taken again when asked, and none where there are none',
    async () => {
      const engine = await startStubEngine({
        [`${listed}&limit=1`]: { body: nothing },
        [`${listed}&limit=20`]: { body: nothing },
      });
      try {
        const all = [...chosen, '--url', engine.url];
        const again = await run('dlq', 'replay', '--again', ...all);
        expect(again).toEqual({
          status: 0,
          stdout: 'No dead letters to send in again.\n',
          stderr: '',
        });
        const list = await run('dlq', 'list', ...all);
        expect(list).toEqual({ status: 0, stdout: 'No dead letters.\n', stderr: '' });
      } finally {
        engine.close();
      }
    },
    slow,
  );
});

describe('doctor', () => {
  test(
    'finds what is needed and says so',
    async () => {
      const { status, stdout } = await run(
        'doctor',
        '--data',
        join(directory, 'new'),
        '--port',
        '0',
      );
      const findings = stdout.trimEnd().split('\n');
      for (const name of [
        'Node.js',
        'memory',
        'event log',
        'embedded ClickHouse',
        'disk',
        'port',
      ]) {
        expect(findings.some((line) => line.includes(name))).toBe(true);
      }
      // What the machine of the test lacks, or what is not built, is not the doctor's mistake.
      const bad = findings.some((line) => line.startsWith(' BAD '));
      expect(status).toBe(bad ? 1 : 0);
      expect(stdout).toMatch(/ {2}ok {2}event log +lmdb loads/);
      expect(stdout).toMatch(/ {2}ok {2}embedded ClickHouse +chdb loads/);
    },
    slow,
  );

  test(
    'names a port that another program has and a directory that cannot be',
    async () => {
      const other = await startStubEngine({});
      const file = join(directory, 'a-file');
      writeFileSync(file, '');
      try {
        const args = ['--data', join(file, 'd'), '--port', `${other.port}`];
        const { status, stdout } = await run('doctor', ...args);
        expect(status).toBe(1);
        expect(stdout).toMatch(
          new RegExp(` BAD {2}port +127\\.0\\.0\\.1:${other.port} is in use by another program`),
        );
        expect(stdout).toMatch(/ BAD {2}data directory /);
      } finally {
        other.close();
      }
    },
    slow,
  );

  test(
    'takes a port on which an engine runs for good',
    async () => {
      const engine = await startStubEngine({ '/livez': { body: 'ok\n' } });
      try {
        const { stdout } = await run('doctor', '--data', directory, '--port', `${engine.port}`);
        expect(stdout).toMatch(
          new RegExp(` ok {2}port +an engine runs on 127\\.0\\.0\\.1:${engine.port}`),
        );
      } finally {
        engine.close();
      }
    },
    slow,
  );

  test(
    'tells a host that cannot be listened on from a port that is in use',
    async () => {
      const reach = await run('doctor', '--data', directory, '--host', '0.0.0.0');
      expect(reach.stdout).toMatch(/ BAD {2}port +host \(HOST\): 0\.0\.0\.0 can be reached from/);
      expect(reach.status).toBe(1);
      // Some machines know every name below localhost; none has its port in use.
      const args = ['--host', 'absent.localhost', '--port', '0'];
      const unknown = await run('doctor', '--data', directory, ...args);
      expect(unknown.stdout).not.toContain('in use');
    },
    slow,
  );
});

describe('migrate', () => {
  test(
    'names what is pending, does it, and then has nothing to do',
    async () => {
      const data = join(directory, 'migrated');
      mkdirSync(data);
      const first = await run('migrate', '--data', data, '--dry-run');
      expect(first).toMatchObject({ status: 0, stderr: '' });
      expect(first.stdout).toMatch(/^Pending: 0001_engine/);
      const second = await run('migrate', '--data', data);
      expect(second).toMatchObject({ status: 0, stderr: '' });
      expect(second.stdout).toMatch(/^Schema version \d+: applied 0001_engine/);
      const third = await run('migrate', '--data', data);
      expect(third.stdout).toMatch(/^Schema version \d+: nothing to do\.\n$/);
      const last = await run('migrate', '--data', data, '--dry-run');
      expect(last.stdout).toBe('Nothing is pending.\n');
    },
    slow,
  );
});
