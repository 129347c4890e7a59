/** Whether personalization helps: what a decision earns more than one of the held-out. */
import { changeWords } from '../format/changeWords.ts';
import { formatBetween, formatEstimate } from '../format/effects.ts';
import { formatCount, formatValue } from '../format/numbers.ts';
import { Tile } from '../parts/Tile.tsx';
import { effectOf, judgeDifference } from '../personalization/worth.ts';
import { definitions } from '../words/personalization.ts';
import { messages } from '../words/shell.ts';
import type { PolicyEffect } from './usePolicyEffect.ts';

const words = messages.tiles;

export function PolicyTile({ effect: { name, report, before } }: { effect: PolicyEffect }) {
  const { difference, policy } = report.worth;
  const earlier = before?.report?.worth.difference.mean;
  return (
    <Tile
      name={words.effect}
      definition={{ means: definitions.difference }}
      figure={formatEstimate('continuous', effectOf(difference))}
      judgement={judgeDifference(difference)}
      note={
        <>
          95 % {formatBetween('continuous', effectOf(difference))}, n{' '}
          {formatCount(policy.decisions)}
          <br />
          {words.ofPolicy(name)}
        </>
      }
      before={changeWords(difference.mean, earlier, formatValue)}
      course={report.course.map((point) => point.policy.mean)}
    />
  );
}
