/** `millrace evaluate-policy`: what other policies would have earned, by the log of a running engine or by a file. */
import { Command } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import { Policy, Reward } from '../../contracts/policy.ts';
import {
  Candidate,
  type EvaluationAnswer,
  EvaluationLine,
} from '../../contracts/policyEvaluationApi.ts';
import { readCandidates } from '../../control/policies/evaluation/candidates.ts';
import { evaluateLog } from '../../control/policies/evaluation/evaluateLog.ts';
import { postForLines } from '../client.ts';
import { decisionFile } from '../decisionFile.ts';
import { evaluationText } from '../evaluationText.ts';
import { jsonFile } from '../jsonFile.ts';
import { type Progress, progressBar } from '../progress.ts';
import { sinceOf } from '../since.ts';
import { withUrl } from './options.ts';

interface Options {
  readonly url: string;
  readonly candidate?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
  readonly file?: string;
  readonly policy?: string;
}

export const evaluatePolicyCommand = withUrl(
  new Command('evaluate-policy').description('say what other policies would have earned'),
)
  .argument('[key]', 'the policy whose decisions are taken; of a file with one policy not needed')
  .option(
    '--candidate <file…>',
    'a definition or what changes of it (FILE.json), the key of a policy, uniform or control; again for more',
    (value: string, before: readonly string[] = []) => [...before, value],
  )
  .option('--from <time>', 'decisions since then: an age such as 7d, or a date', (text) =>
    sinceOf(text),
  )
  .option('--to <time>', 'decisions before then', (text) => sinceOf(text))
  .option('--file <file>', 'decisions and outcomes as events, one a line, instead of an engine')
  .option(
    '--policy <file>',
    'with --file: definition of the policy that decided, for its reward and control',
  )
  .option('--json', 'print the evaluation as JSON')
  .addHelpText(
    'after',
    '\nWithout --candidate: uniform, and control where it is known.\nExit status 1 when the log cannot tell.',
  )
  .action(async (key: string | undefined, options: Options) => {
    const bar = options.json === true ? silent : progressBar('Evaluating');
    let answer: EvaluationAnswer;
    try {
      answer = await (options.file === undefined
        ? byEngine(key, options, bar)
        : byFile(key, options, options.file, bar));
    } finally {
      bar.stop();
    }
    console.log(options.json === true ? JSON.stringify(answer) : evaluationText(answer));
  });

const silent: Progress = { update: () => {}, stop: () => {} };

async function byEngine(
  key: string | undefined,
  { url, candidate, from, to }: Options,
  bar: Progress,
): Promise<EvaluationAnswer> {
  if (key === undefined) {
    throw new EngineError('CONFIGURATION_INVALID', 'key: expected the key of a policy, got none');
  }
  const path = `/v1/policies/${encodeURIComponent(key)}/evaluate`;
  const query = { candidates: candidate?.map(candidateOf), from, to };
  let answer: EvaluationAnswer | undefined;
  for await (const json of postForLines(url, path, query)) {
    const line = EvaluationLine.parse(json);
    if ('progress' in line) {
      const { decisions, of } = line.progress;
      bar.update(of > 0 ? decisions / of : 0, decisions);
    } else if ('evaluation' in line) {
      answer = line.evaluation;
    } else {
      throw new EngineError('EVALUATION_IMPOSSIBLE', line.problem.detail);
    }
  }
  if (answer !== undefined) return answer;
  throw new EngineError('ENGINE_ABSENT', 'the engine ended before the evaluation was there');
}

async function byFile(
  key: string | undefined,
  { candidate, from = 0, to = Infinity, policy: definition }: Options,
  path: string,
  bar: Progress,
): Promise<EvaluationAnswer> {
  const logged = definition === undefined ? undefined : definitionOf(definition);
  const usual = logged === undefined ? ['uniform'] : ['uniform', 'control'];
  const given = candidate?.map(candidateOf) ?? usual;
  const candidates = readCandidates(given, logged, () => undefined);
  // Whoever has no definition of what decided says with the first candidate what a reward is.
  const told = given.find((each) => typeof each !== 'string' && each['reward'] !== undefined);
  const reward = logged?.reward ?? Reward.parse(typeof told === 'object' ? told['reward'] : {});
  const onProgress = (share: number, lines: number) => bar.update(share, lines);
  const policy = key ?? logged?.key;
  const log = decisionFile({ path, policy, reward, from, to, onProgress });
  return evaluateLog({
    ...{ log, logged, candidates, bounds: reward.bounds },
    policy: policy ?? 'the policy of the file',
  });
}

/** Keys have no slash; a file is told by its ending, or by a path. */
function candidateOf(text: string): Candidate {
  if (!text.endsWith('.json') && !text.includes('/')) return text;
  const { success, data } = Candidate.safeParse(jsonFile(text));
  if (success && typeof data !== 'string') return data;
  throw new EngineError('FILE_UNREADABLE', `${text}: expected an object, a definition of a policy`);
}

function definitionOf(path: string): Policy {
  const { success, data, error } = Policy.safeParse(jsonFile(path));
  if (success) return data;
  const { path: at, message } = error.issues[0]!;
  throw new EngineError('FILE_UNREADABLE', `${path}: ${at.join('.')}: ${message}`);
}
