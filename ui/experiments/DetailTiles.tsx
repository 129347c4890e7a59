/** The figures that the verdict rests on, for the chosen metric and variant. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import {
  formatBetween,
  formatDays,
  formatDetectable,
  formatEstimate,
  formatSize,
} from '../format/effects.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatCount, formatEvidence, formatShare, missing } from '../format/numbers.ts';
import { Tile } from '../parts/Tile.tsx';
import { words as common, definitions, tiles as words } from '../words/experiments.ts';
import { type Chosen, immatureOf, nameOfVariant } from './chosen.ts';
import { comparisonOf } from './standing.ts';

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
  chosen: Chosen | undefined;
}

const none: Judgement = { tone: 'none', word: common.verdictUnknown };

export function DetailTiles({ detail, result, chosen }: Props) {
  const { experiment } = detail;
  const { sampleRatio } = result;
  const comparison = chosen?.comparison;
  const isKnown = comparison !== undefined && comparison.effect.estimate !== null;
  const hasUnits = sampleRatio.arms.some(({ units }) => units > 0);
  const kind = chosen?.metric.kind ?? 'continuous';
  const threshold = Math.log(1 / experiment.alpha);
  const isGuardrail = chosen?.metric.role === 'guardrail';
  const immature = chosen === undefined ? 0 : immatureOf(chosen.metric);
  return (
    <ul className="tiles narrow" aria-label={words.label}>
      <Tile
        name={words.effect}
        definition={{ means: definitions.effect }}
        figure={isKnown ? formatEstimate(kind, comparison.effect) : missing}
        judgement={isKnown ? comparisonOf(comparison, isGuardrail) : none}
        note={
          !isKnown ? (
            chosen?.name
          ) : (
            <>
              {formatBetween(kind, comparison.effect)}
              <br />
              {chosen?.name}
              {experiment.variants.length > 2 && `, ${nameOfVariant(detail, comparison.variant)}`}
            </>
          )
        }
      />
      <Tile
        name={words.evidence}
        definition={{ means: definitions.evidence }}
        figure={comparison === undefined ? missing : formatEvidence(comparison.lnE.either)}
        judgement={
          comparison === undefined
            ? none
            : comparison.decided
              ? { tone: 'good', word: words.decided }
              : { tone: 'none', word: words.undecided }
        }
        note={words.decidedFrom(formatEvidence(threshold), formatShare(experiment.alpha))}
      />
      <Tile
        name={words.detectable}
        definition={{ means: definitions.detectable }}
        figure={
          comparison?.detectable == null ? missing : formatDetectable(kind, comparison.detectable)
        }
        judgement={powerOf(comparison?.detectable ?? null, chosen?.minimumEffect)}
        note={
          chosen?.minimumEffect === undefined
            ? words.noMinimum
            : words.minimum(formatSize(kind, chosen.minimumEffect))
        }
      />
      <Tile
        name={words.sampleRatio}
        definition={{ means: definitions.sampleRatio }}
        figure={hasUnits ? (sampleRatio.alarm ? words.ratioOff : words.ratioOk) : missing}
        judgement={
          !hasUnits
            ? none
            : sampleRatio.alarm
              ? { tone: 'bad', word: words.ratioAlarm }
              : { tone: 'good', word: words.asAssigned }
        }
        note={sampleRatio.arms.map(({ units }) => formatCount(units)).join(' : ')}
      />
      <Tile
        name={words.units}
        definition={{ means: definitions.units }}
        figure={formatCount(result.exposed)}
        judgement={{ tone: 'none', word: words.immature(formatCount(immature)) }}
        note={
          result.verdict.daysLeft === null
            ? ''
            : words.daysLeft(formatDays(result.verdict.daysLeft))
        }
      />
    </ul>
  );
}

/** Whether the experiment can by now see what it was made to see. */
function powerOf(detectable: number | null, minimumEffect: number | undefined): Judgement {
  if (detectable === null) return none;
  if (minimumEffect === undefined) return { tone: 'none', word: words.nowFound };
  return detectable <= minimumEffect
    ? { tone: 'good', word: words.enough }
    : { tone: 'none', word: words.notEnough };
}
