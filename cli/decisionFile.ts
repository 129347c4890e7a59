/** A file of decisions and outcomes as events, one a line, plain or gzip: a log by which policies are judged without an engine. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { EngineError } from '../contracts/errors.ts';
import { Event } from '../contracts/event.ts';
import type { Reward } from '../contracts/policy.ts';
import type { LogOfDecisions } from '../control/policies/evaluation/evaluateLog.ts';
import type { LoggedChoice } from '../models/evaluation/loggedChoice.ts';
import { type RewardedDecisions, rewardedDecisions } from './rewardedDecisions.ts';

export interface DecisionFileOptions {
  readonly path: string;
  /** Key of the policy whose decisions count; undefined: there may be only one. */
  readonly policy: string | undefined;
  readonly reward: Reward;
  /** Half-open, ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Told the share of the file that was read, and the lines. */
  readonly onProgress?: (share: number, lines: number) => void;
}

const progressEveryLines = 2_000;

/** Reading it throws EngineError FILE_UNREADABLE, with the line, and EVALUATION_IMPOSSIBLE for a file of several policies. */
export function decisionFile(options: DecisionFileOptions): LogOfDecisions {
  const joined = rewardedDecisions(options.reward, options.policy);
  return {
    choices: choicesOf(options, joined),
    counts: () => ({ open: joined.open, withoutEvent: 0 }),
  };
}

async function* choicesOf(
  { path, policy, from, to, onProgress }: DecisionFileOptions,
  joined: RewardedDecisions,
): AsyncGenerator<LoggedChoice> {
  const { size } = await stat(path).catch((error: unknown) => unreadable(path, error));
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const isAsked = ({ time }: LoggedChoice) => time >= from && time < to;
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() === '') continue;
      yield* takeLine(joined, text).filter(isAsked);
      refuseSeveral(joined, policy);
      if (line % progressEveryLines === 0) onProgress?.(file.bytesRead / Math.max(1, size), line);
    }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'EVALUATION_IMPOSSIBLE') throw error;
    unreadable(`${path}, line ${line}`, error);
  }
  yield* joined.end().filter(isAsked);
}

function takeLine(joined: RewardedDecisions, text: string): LoggedChoice[] {
  const parsed = Event.safeParse(JSON.parse(text));
  if (parsed.success) return joined.take(parsed.data);
  const { path, message } = parsed.error.issues[0]!;
  throw new RangeError(`${path.join('.')}: ${message}`);
}

function refuseSeveral({ policies }: RewardedDecisions, policy: string | undefined): void {
  if (policy !== undefined || policies.size < 2) return;
  const names = [...policies].join(', ');
  throw new EngineError(
    'EVALUATION_IMPOSSIBLE',
    `The file has decisions of several policies: ${names}. Name the one that is meant.`,
  );
}

function unreadable(where: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new EngineError('FILE_UNREADABLE', `${where}: ${why}`, { cause: error });
}
