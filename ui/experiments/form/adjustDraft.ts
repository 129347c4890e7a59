/** Covariates and prior of a metric while they are being written: text as it was typed. */
import type { Covariate } from '../../../contracts/covariate.ts';
import type { MetricUse } from '../../../contracts/experiment.ts';
import { form as words } from '../../words/experimentForm.ts';

export interface AdjustDraft {
  /** Adjusted by the metric's own past. */
  readonly past: boolean;
  /** Fields of the exposure with their bounds: "context.age 5 to 20", with commas between. */
  readonly numbers: string;
  /** Covariates that the form has no field for. */
  readonly others: readonly Covariate[];
  readonly baselineMean: string;
  readonly baselineUnits: string;
  readonly effectMean: string;
  readonly effectDeviation: string;
}

export const blankAdjust: AdjustDraft = {
  past: false,
  numbers: '',
  others: [],
  baselineMean: '',
  baselineUnits: '',
  effectMean: '',
  effectDeviation: '',
};

export function adjustOf({ covariates = [], prior }: MetricUse): AdjustDraft | undefined {
  if (covariates.length === 0 && prior === undefined) return undefined;
  const isOwn = (each: Covariate) => each.of === 'past' && each.metric === undefined;
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    past: covariates.some(isOwn),
    numbers: covariates
      .flatMap((each) =>
        each.of === 'exposure' ? [`${each.field} ${each.cap[0]} to ${each.cap[1]}`] : [],
      )
      .join(', '),
    others: covariates.filter((each) => each.of === 'past' && !isOwn(each)),
    baselineMean: text(prior?.baseline?.mean),
    baselineUnits: text(prior?.baseline?.units),
    effectMean: text(prior?.effect?.mean),
    effectDeviation: text(prior?.effect?.deviation),
  };
}

/**
 * The part of a metric's use that the draft says.
 *
 * @param fault told what cannot be read, a sentence each
 */
export function metricUseOf(
  draft: AdjustDraft,
  fault: (sentence: string) => void,
): Pick<MetricUse, 'covariates' | 'prior'> {
  const number = (text: string): number => {
    const read = Number(text.trim().replace(',', '.'));
    if (text.trim() !== '' && Number.isFinite(read)) return read;
    fault(words.faults.number(text.trim()));
    return Number.NaN;
  };
  const covariates: Covariate[] = [
    ...(draft.past ? [{ of: 'past' } as const] : []),
    ...numbersOf(draft.numbers, fault),
    ...draft.others,
  ];
  const hasBaseline = draft.baselineMean.trim() !== '' || draft.baselineUnits.trim() !== '';
  const hasEffect = draft.effectMean.trim() !== '' || draft.effectDeviation.trim() !== '';
  const prior = {
    ...(hasBaseline && {
      baseline: { mean: number(draft.baselineMean), units: number(draft.baselineUnits) },
    }),
    ...(hasEffect && {
      effect: {
        mean: draft.effectMean.trim() === '' ? 0 : number(draft.effectMean),
        deviation: number(draft.effectDeviation),
      },
    }),
  };
  return {
    ...(covariates.length > 0 && { covariates }),
    ...((hasBaseline || hasEffect) && { prior }),
  };
}

function numbersOf(text: string, fault: (sentence: string) => void): Covariate[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const found = /^(\S+)\s+(-?[\d.]+)\s+to\s+(-?[\d.]+)$/.exec(part);
      if (found === null) {
        fault(words.faults.covariate(part));
        return [];
      }
      const [, field = '', least, largest] = found;
      return [{ of: 'exposure', field, cap: [Number(least), Number(largest)] } as const].map(
        (each): Covariate => ({ ...each, cap: [...each.cap] }),
      );
    });
}
