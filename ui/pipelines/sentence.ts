/** The state of all pipelines in one sentence, worst first. */
import type { PipelineStatus } from '../../contracts/api.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
import { pipelines } from '../words/pipelines.ts';

const words = pipelines;

/** Fewer waiting events than this are an epoch under way. */
const waitingMax = 1_000;

export function pipelinesSentence(pipelines: readonly PipelineStatus[]): Judgement {
  const all = pipelines.flatMap(({ name, partitions }) =>
    partitions.map((status) => ({ ...status, name })),
  );
  if (all.length === 0) return { tone: 'none', word: words.none };
  const among = (state: string) => all.filter((status) => status.state === state);
  const where = (found: typeof all) =>
    [...new Set(found.map(({ name, detail }) => detail ?? name))]
      .slice(0, 2)
      .join('; ')
      .replace(/\.$/, '');

  const failed = among('failed');
  if (failed.length > 0) return { tone: 'bad', word: words.failed(failed.length, where(failed)) };
  const waiting = among('waiting').filter(({ lagEvents }) => lagEvents > 0);
  if (waiting.length > 0) {
    return { tone: 'attention', word: words.waiting(waiting.length, where(waiting)) };
  }
  const stopped = among('stopped');
  if (stopped.length > 0) return { tone: 'attention', word: words.stopped(stopped.length) };

  const sum = (figure: (status: (typeof all)[number]) => number) =>
    all.reduce((total, status) => total + figure(status), 0);
  const lag = sum(({ lagEvents }) => lagEvents);
  const known = pipelines.flatMap(({ totals }) => (totals === null ? [] : [totals]));
  const refused = known.reduce((total, totals) => total + totals.refused, 0);
  const taken = known.reduce((total, totals) => total + totals.events, 0);
  const behind = lag <= waitingMax ? words.keepsUp : words.behind(formatCount(lag));
  const rate = words.rate(formatCount(sum(({ eventsPerSecond }) => eventsPerSecond)));
  const share = refused === 0 ? '' : ` ${words.refused(formatShare(refused / (refused + taken)))}.`;
  return { tone: 'good', word: `${words.allRun(all.length)}: ${rate}, ${behind}.${share}` };
}
