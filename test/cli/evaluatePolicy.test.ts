/** `millrace evaluate-policy`: a file of decisions and outcomes judged without an engine, and an engine asked. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rewardedDecisions } from '../../cli/rewardedDecisions.ts';
import { Event } from '../../contracts/event.ts';
import { Reward } from '../../contracts/policy.ts';
import { EvaluationAnswer } from '../../contracts/policyEvaluationApi.ts';
import type { LoggedChoice } from '../../models/evaluation/loggedChoice.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { decisionLine, outcomeLine, start } from '../support/policyLines.ts';
import { banditPolicy, expert, playBandit } from '../support/simulatedBandit.ts';
import { run } from './run.ts';
import { startStubEngine } from './stubEngine.ts';

const directory = temporaryDirectory();
const path = (name: string) => join(directory, name);
const choices = playBandit(900, 4);
const slow = 60_000;

/** Decisions, each with its outcome behind it where it earned something. */
function linesOf(some: readonly LoggedChoice[]): string[] {
  const lines = some.flatMap(({ id, time, knownAt, action, probability, attributes, ...rest }) => {
    const at = time - start;
    const { offered, reward } = rest;
    const more = { probability, offered: [...offered] };
    const line = decisionLine({ id, user: 'ada', at, action, attributes, more });
    const outcome = outcomeLine(`o-${id}`, 'ada', knownAt - start, id, 1);
    return reward === 1
      ? [
          { at, line },
          { at: knownAt - start, line: outcome },
        ]
      : [{ at, line }];
  });
  return lines.sort((a, b) => a.at - b.at).map(({ line }) => line);
}

beforeAll(() => {
  const lines = linesOf(choices);
  // A last event ends the horizons of all.
  lines.push(outcomeLine('end', 'ada', 10_000 * 60_000, 'nothing', 0));
  writeFileSync(path('decisions.ndjson'), lines.join('\n'));
  writeFileSync(path('decisions.ndjson.gz'), gzipSync(lines.join('\n')));
  writeFileSync(path('tutor.json'), JSON.stringify(banditPolicy()));
  writeFileSync(path('expert.json'), JSON.stringify(expert));
  writeFileSync(path('greedier.json'), '{ "key": "greedier", "floor": 0.05 }');
  writeFileSync(path('broken.json'), '{');
  const bare = { id: 'd', type: 'decision', time: start, user: 'ada', item: 'video' };
  const outcome = JSON.parse(outcomeLine('o', 'ada', 5, 'd', 1));
  writeFileSync(
    path('bare.ndjson'),
    [bare, outcome].map((each) => JSON.stringify(each)).join('\n'),
  );
});
afterAll(() => removeDirectory(directory));

const evaluate = (...args: string[]) => run('evaluate-policy', ...args);

describe('a file', () => {
  test(
    'is judged as its decisions say',
    async () => {
      const { status, stdout, stderr } = await evaluate(
        ...['--file', path('decisions.ndjson.gz'), '--policy', path('tutor.json'), '--json'],
        ...['--candidate', path('expert.json'), '--candidate', 'uniform'],
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const answer = EvaluationAnswer.parse(JSON.parse(stdout));
      expect(answer).toMatchObject({ policy: 'tutor', decisions: 900, setAside: { open: 0 } });
      const wanted = ({ attributes }: LoggedChoice) =>
        attributes['programme'] === 'arts' ? 'video' : 'exercise';
      const matches = choices.filter((each) => each.action === wanted(each));
      const sum = (of: (choice: LoggedChoice) => number) =>
        matches.reduce((total, each) => total + of(each), 0);
      const snips =
        sum(({ reward, probability }) => reward / probability) /
        sum(({ probability }) => 1 / probability);
      expect(answer.candidates[0]).toMatchObject({ candidate: 'expert', algorithm: 'rules' });
      expect(answer.candidates[0]!.value.snips.estimate).toBeCloseTo(snips, 4);
    },
    slow,
  );

  test(
    'is told in sentences, a candidate also by what it changes',
    async () => {
      const { status, stdout } = await evaluate(
        ...['tutor', '--file', path('decisions.ndjson'), '--policy', path('tutor.json')],
        ...['--candidate', path('greedier.json')],
      );
      expect(status).toBe(0);
      expect(stdout).toMatch(/900 decisions of tutor/);
      expect(stdout).toMatch(/1\. \w+\n {3}(Would have|Has) earned 0\.\d+ a decision/);
      expect(stdout).toMatch(/greedier .*IPS|IPS/);
    },
    slow,
  );

  test(
    'that cannot tell, or cannot be read, is refused with what to do',
    async () => {
      const file = path('decisions.ndjson');
      const wrong = await Promise.all([
        evaluate('--file', path('bare.ndjson')),
        evaluate('--file', path('nowhere.ndjson')),
        evaluate('--file', file, '--candidate', path('broken.json')),
        evaluate('--file', file, '--candidate', 'control'),
        evaluate('--file', path('expert.json')),
      ]);
      expect(wrong.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1]);
      const said = wrong.map(({ stderr }) => stderr);
      expect(said[0]).toMatch(/context\.probability and context\.offered/);
      expect(said[1]).toMatch(/FILE_UNREADABLE/);
      expect(said[2]).toMatch(/broken\.json/);
      expect(said[3]).toMatch(/stands in the policy’s definition/);
      expect(said[4]).toMatch(/line 1: id/);
    },
    slow,
  );
});

test(
  'an engine is asked, its refusals are told, and none is no engine',
  async () => {
    const problem = { problem: { code: 'EVALUATION_IMPOSSIBLE', detail: 'Give it a floor.' } };
    const lines = `{"progress":{"decisions":1,"of":2}}\n${JSON.stringify(problem)}\n`;
    const stub = await startStubEngine({ '/v1/policies/tutor/evaluate': { body: lines } });
    const refused = await evaluate('tutor', '--url', stub.url);
    const keyless = await evaluate('--url', stub.url);
    stub.close();
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringMatching(/Give it a floor/) });
    expect(keyless).toMatchObject({ status: 1, stderr: expect.stringMatching(/key of a policy/) });
    const absent = await evaluate('tutor', '--url', 'http://127.0.0.1:9');
    expect(absent.stderr).toMatch(/no engine answers/);
  },
  slow,
);

describe('decisions joined to what came of them', () => {
  const rule = (changes: object) =>
    Reward.parse({ rules: [{ filter: { field: 'type', is: 'outcome' } }], ...changes });
  const events = (...lines: string[]) => lines.map((line) => Event.parse(JSON.parse(line)));
  const made = decisionLine({ id: 'a', user: 'ada', at: 0, action: 'video' });
  const take = (reward: Reward, ...lines: string[]) => {
    const joined = rewardedDecisions(reward, undefined);
    const closed = events(...lines).flatMap((event) => joined.take(event));
    return { closed: [...closed, ...joined.end()], open: joined.open, refused: joined.refused };
  };

  test('have the first reward within the horizon, and know when it came', () => {
    const { closed } = take(
      rule({ horizonMs: 10_000 }),
      made,
      outcomeLine('1', 'ada', 4_000, 'a', 1),
      outcomeLine('2', 'ada', 5_000, 'a', 0),
      outcomeLine('3', 'ada', 12_000, 'a', 0),
    );
    expect(closed).toMatchObject([{ id: 'a', reward: 1, knownAt: start + 4_000 }]);
  });

  test('have their sum at the end of the horizon, or what is assumed', () => {
    const sum = rule({ combine: 'sum', bounds: [0, 5], horizonMs: 10_000, absent: 0 });
    const lines = [
      made,
      decisionLine({ id: 'b', user: 'ben', at: 0, action: 'text' }),
      outcomeLine('1', 'ada', 4_000, 'a', 1),
      outcomeLine('2', 'ada', 5_000, 'a', 3),
      outcomeLine('3', 'ben', 5_000, 'a', 3),
      outcomeLine('4', 'ada', 6_000, 'a', 7),
    ];
    const { closed, refused } = take(sum, ...lines, outcomeLine('5', 'eve', 11_000, 'x', 1));
    expect(closed).toMatchObject([
      { id: 'a', reward: 4, knownAt: start + 10_000 },
      { id: 'b', reward: 0, knownAt: start + 10_000 },
    ]);
    expect(refused).toBe(1);
    // The file ends before the horizon: something may come yet.
    expect(take(sum, ...lines)).toMatchObject({ closed: [], open: 2 });
  });
});
