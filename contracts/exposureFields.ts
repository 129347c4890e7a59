/**
 * What an exposure must say of itself, whatever experiments there are: the door asks for it before anything is stored, the
 * data plane once more, because not every event comes through the door.
 */
import { EngineError } from './errors.ts';
import { nameLengthMax } from './event.ts';

/** `type` of the event. */
export const exposureType = 'exposure';

/** Of an event's `context`. */
export interface ExposureFields {
  /** Key of the experiment. */
  readonly experiment: string;
  /** Key of the variant that the unit saw. */
  readonly variant: string;
  /** With which probability it got it, in (0, 1]. */
  readonly probability: number;
  /** Number of the stage that this probability belongs to, from 1. */
  readonly stage: number;
}

/** @throws EngineError EXPOSURE_INVALID with a sentence that says which field lacks what */
export function readExposureFields(context: unknown): ExposureFields {
  const fields = fieldsOf(context);
  const experiment = exposureText(fields, 'experiment');
  const variant = exposureText(fields, 'variant');
  const { probability, stage } = fields;
  if (!(typeof probability === 'number' && probability > 0 && probability <= 1)) {
    refuseExposure(
      `context.probability: expected the probability of the variant, in (0, 1], got ${shown(probability)}: without it no ` +
        'effect can be computed, and it cannot be recovered afterwards',
    );
  }
  if (!(typeof stage === 'number' && Number.isInteger(stage) && stage >= 1)) {
    refuseExposure(
      `context.stage: expected the number of the stage that assigned the variant, got ${shown(stage)}`,
    );
  }
  return { experiment, variant, probability, stage };
}

/** A name in the context. @throws EngineError EXPOSURE_INVALID when it is none */
export function exposureText(context: unknown, name: string): string {
  const value = fieldsOf(context)[name];
  const fits = typeof value === 'string' && value.length > 0 && value.length <= nameLengthMax;
  if (!fits || value.includes('\0')) {
    refuseExposure(
      `context.${name}: expected text of 1 to ${nameLengthMax} characters, got ${shown(value)}`,
    );
  }
  return value;
}

export function refuseExposure(sentence: string): never {
  throw new EngineError('EXPOSURE_INVALID', sentence);
}

/** A value as a sentence about an exposure quotes it. */
export function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, 100);
}

function fieldsOf(context: unknown): Readonly<Record<string, unknown>> {
  return typeof context === 'object' && context !== null
    ? (context as Readonly<Record<string, unknown>>)
    : {};
}
