/** The figures that weigh: worth against control and chance, decisions, exploration, and what is still open. */
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyReport } from '../../contracts/policyApi.ts';
import { changeWords } from '../format/changeWords.ts';
import { formatBetween, formatEstimate } from '../format/effects.ts';
import { formatCount, formatShare, formatValue, missing } from '../format/numbers.ts';
import { spanWords } from '../format/spans.ts';
import { Tile } from '../parts/Tile.tsx';
import { definitions, tiles as words } from '../words/personalization.ts';
import { costWords } from './uncounted.ts';
import {
  effectOf,
  formatOverUniform,
  formatWorth,
  judgeDifference,
  judgeUniform,
} from './worth.ts';

interface Props {
  policy: Policy;
  report: PolicyReport | undefined;
  /** Of the range before, while the reader compares. */
  before: PolicyReport | undefined;
}

const none = { tone: 'none', word: '' } as const;

export function Tiles({ policy, report, before }: Props) {
  const difference = report?.worth.difference;
  const over = report === undefined ? undefined : formatOverUniform(report);
  const { policy: own, control } = report?.worth ?? {};
  const decisions = (own?.decisions ?? 0) + (control?.decisions ?? 0);
  /** Undefined while it is on its way. */
  const figure = (text: string) => (report === undefined ? undefined : text);
  return (
    <ul className="tiles narrow" aria-label={words.label}>
      <Tile
        name={words.control}
        definition={{ means: definitions.difference }}
        figure={figure(
          difference?.mean == null ? missing : formatEstimate('continuous', effectOf(difference)),
        )}
        judgement={difference === undefined ? none : judgeDifference(difference)}
        note={
          difference?.mean == null
            ? policy.holdout === 0
              ? words.nobodyHeld
              : ''
            : formatBetween('continuous', effectOf(difference))
        }
      />
      <Tile
        name={words.uniform}
        definition={{ means: definitions.uniform }}
        figure={figure(over ?? missing)}
        judgement={report === undefined ? none : judgeUniform(report)}
        note={report === undefined ? '' : words.uniformEarns(formatWorth(report.uniform))}
      />
      <Tile
        name={words.decisions}
        definition={{ means: definitions.decisions }}
        figure={figure(formatCount(decisions))}
        judgement={{ tone: 'none', word: words.held(formatCount(control?.decisions ?? 0)) }}
        note={own?.mean == null ? '' : words.earned(formatValue(own.mean))}
        before={changeWords(own?.mean, before?.worth.policy.mean, formatValue)}
      />
      <Tile
        name={words.exploration}
        definition={{ means: definitions.exploration }}
        figure={figure(formatShare(report?.exploration.share ?? null))}
        judgement={{ tone: 'none', word: words.explored }}
        note={report?.exploration.cost == null ? '' : costWords(report.exploration.cost)}
      />
      <Tile
        name={words.open}
        definition={{ means: definitions.open }}
        figure={figure(formatCount(report?.open ?? 0))}
        judgement={{ tone: 'none', word: words.waiting }}
        note={words.horizon(spanWords(policy.reward.horizonMs))}
      />
    </ul>
  );
}
