/** The fields of a plan: where each stands in it, and how it is written and read. */
import { numberOf, percentText } from '../../definitions/typed.ts';
import { formatWhole } from '../../format/numbers.ts';
import { spanOf, spanText, spanWords } from '../../format/spans.ts';
import { choices as choiceWords, percent, plan as words } from '../../words/versionPlan.ts';

export type PlanPart = 'data' | 'trainer' | 'triggers' | 'gates' | 'release';

type Kind = 'span' | 'whole' | 'share' | 'number' | 'choice';

export interface PlanField {
  /** `data.windowMs` */
  readonly path: string;
  readonly kind: Kind;
  readonly choices?: readonly string[];
  /** Whether it may be left empty. */
  readonly optional?: boolean;
}

const field = (path: string, kind: Kind): PlanField => ({ path, kind });
const optional = (path: string, kind: Kind): PlanField => ({ path, kind, optional: true });
const choice = (path: string, choices: readonly string[]): PlanField => ({
  ...{ path, kind: 'choice', choices },
});

export const planFields: Record<PlanPart, readonly PlanField[]> = {
  data: [
    field('data.windowMs', 'span'),
    optional('data.halfLifeMs', 'span'),
    field('data.rowsMin', 'whole'),
    field('data.rowsMax', 'whole'),
    choice('data.classWeights', ['none', 'balanced']),
  ],
  trainer: [
    choice('trainer.name', ['linear', 'trees', 'network', 'machine']),
    choice('trainer.calibration', ['none', 'platt', 'beta', 'isotonic']),
    field('trainer.searchMs', 'span'),
    field('trainer.timeoutMs', 'span'),
    field('trainer.seed', 'whole'),
  ],
  triggers: [
    field('triggers.coolDownMs', 'span'),
    field('triggers.perDayMax', 'whole'),
    optional('triggers.volumeShare', 'share'),
    optional('triggers.scheduleMs', 'span'),
  ],
  gates: [
    field('gates.holdoutShare', 'share'),
    field('gates.alpha', 'share'),
    field('gates.lossMargin', 'number'),
    field('gates.calibrationMax', 'share'),
    field('gates.sliceMargin', 'number'),
    field('gates.sliceRowsMin', 'whole'),
    field('gates.latencyMaxMs', 'number'),
    field('gates.bytesMax', 'whole'),
    field('gates.churnMax', 'share'),
  ],
  release: [
    field('release.alpha', 'share'),
    field('release.gainMin', 'number'),
    field('release.shadow.rowsMin', 'whole'),
    field('release.shadow.rowsMax', 'whole'),
  ],
};

export const allFields = Object.values(planFields).flat();

/** As it is typed. */
export function typedText({ kind }: PlanField, value: unknown): string {
  if (typeof value !== 'number') return value === null ? '' : String(value);
  if (kind === 'span') return spanText(value);
  return kind === 'share' ? percentText(value) : String(value);
}

/** As it is read: "90 days", "20 %". */
export function readText({ kind }: PlanField, value: unknown): string {
  if (value === null) return words.none;
  if (typeof value !== 'number') return choiceWords[String(value)] ?? String(value);
  if (kind === 'span') return spanWords(value);
  if (kind === 'share') return percent(percentText(value));
  return kind === 'whole' ? formatWhole(value) : String(value);
}

/** What is typed, in the unit of the plan. @returns undefined for what cannot be read */
export function readValue(
  { kind, optional: mayBeEmpty = false }: PlanField,
  text: string,
): unknown {
  if (kind === 'choice') return text;
  if (mayBeEmpty && text.trim() === '') return null;
  if (kind === 'span') return spanOf(text);
  const number = numberOf(text.replaceAll('\u202f', '').replaceAll(' ', ''));
  if (number === undefined || kind === 'number') return number;
  if (kind === 'whole') return Number.isInteger(number) ? number : undefined;
  return Number((number / 100).toPrecision(14));
}

/** Why it cannot be read. */
export function faultOf({ kind }: PlanField): string {
  const faults = { span: words.span, whole: words.whole, share: words.percent };
  return kind === 'number' || kind === 'choice' ? words.number : faults[kind];
}
