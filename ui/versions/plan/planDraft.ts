/** A plan as it is written in the form, and back. */
import { ModelPlan, type TriggerKind } from '../../../contracts/modelPlan.ts';
import type { ProblemSaid } from '../../definitions/problems.ts';
import { numberOf } from '../../definitions/typed.ts';
import { fields as fieldWords, kindNames, plan as words } from '../../words/versionPlan.ts';
import {
  allFields,
  faultOf,
  type PlanField,
  readText,
  readValue,
  typedText,
} from './planFields.ts';

export interface StepDraft {
  readonly share: string;
  readonly rowsMin: string;
  readonly durationMs: string;
}

export interface PlanDraft {
  /** By path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly kinds: readonly TriggerKind[];
  readonly automatic: boolean;
  readonly approvals: readonly ('canary' | 'champion')[];
  readonly canary: readonly StepDraft[];
}

/** What nobody has changed. */
export const usualPlan: ModelPlan = ModelPlan.parse({});

const stepFields = {
  share: { path: 'release.canary', kind: 'share' },
  rowsMin: { path: 'release.canary', kind: 'whole' },
  durationMs: { path: 'release.canary', kind: 'span' },
} as const satisfies Record<keyof StepDraft, PlanField>;

export function draftOf(plan: ModelPlan): PlanDraft {
  return {
    texts: Object.fromEntries(
      allFields.map((field) => [field.path, typedText(field, valueAt(plan, field.path))]),
    ),
    parameters: Object.entries(plan.trainer.parameters).map(([name, value]) => ({
      ...{ name, value: String(value) },
    })),
    kinds: plan.triggers.kinds,
    automatic: plan.release.automatic,
    approvals: plan.release.approvals,
    canary: plan.release.canary.map(stepDraft),
  };
}

function stepDraft(step: ModelPlan['release']['canary'][number]): StepDraft {
  return {
    share: typedText(stepFields.share, step.share),
    rowsMin: typedText(stepFields.rowsMin, step.rowsMin),
    durationMs: typedText(stepFields.durationMs, step.durationMs),
  };
}

/** `data.windowMs` of a plan. */
export function valueAt(plan: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], plan);
}

export interface BuiltPlan {
  /** undefined while there are faults. */
  readonly plan: ModelPlan | undefined;
  readonly faults: readonly ProblemSaid[];
}

/** @param base what nobody has touched is kept as it is there, to the last digit */
export function planOf(draft: PlanDraft, base: ModelPlan): BuiltPlan {
  const faults: ProblemSaid[] = [];
  const fault = (field: string, sentence: string) =>
    faults.push({ severity: 'problem', field, sentence });
  const written: Record<string, unknown> = {};
  for (const field of allFields) {
    const text = draft.texts[field.path] ?? '';
    const before = valueAt(base, field.path);
    const value = text === typedText(field, before) ? before : readValue(field, text);
    if (value === undefined) fault(field.path, faultOf(field));
    else place(written, field.path, value);
  }
  const parameters = draft.parameters.map(({ name, value }): [string, number | undefined] => [
    name.trim(),
    numberOf(value),
  ]);
  for (const [name, value] of parameters) {
    if (name === '') fault('trainer.parameters', words.nameMissing);
    else if (value === undefined) fault('trainer.parameters', `${name}: ${words.number}`);
  }
  place(written, 'trainer.parameters', Object.fromEntries(parameters));
  place(written, 'triggers.kinds', draft.kinds);
  place(written, 'release.automatic', draft.automatic);
  place(written, 'release.approvals', draft.approvals);
  const canary = draft.canary.map((step, i) =>
    Object.fromEntries(
      Object.entries(stepFields).map(([name, field]) => {
        const value = readValue(field, step[name as keyof StepDraft]);
        if (value === undefined) fault('release.canary', `${words.step(i + 1)}: ${faultOf(field)}`);
        return [name, value];
      }),
    ),
  );
  place(written, 'release.canary', canary);
  if (faults.length > 0) return { plan: undefined, faults };
  const parsed = ModelPlan.safeParse(written);
  if (parsed.success) return { plan: parsed.data, faults };
  return { plan: undefined, faults: parsed.error.issues.map(saidOf) };
}

function place(plan: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const part = names.reduce<Record<string, unknown>>((within, name) => {
    within[name] ??= {};
    return within[name] as Record<string, unknown>;
  }, plan);
  part[last] = value;
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: boolean | undefined;
}

/** A bound in the unit of its field. */
function saidOf(issue: Issue): ProblemSaid {
  const path = issue.path.map(String);
  const isStep = path[1] === 'canary' && path.length > 3;
  const step = isStep ? stepFields[path[3] as keyof StepDraft] : undefined;
  const at = path.join('.');
  const field = step ?? allFields.find((each) => each.path === at);
  const where = isStep ? `${words.step(Number(path[2]) + 1)}: ` : '';
  const sentence = field === undefined ? issue.message : boundText(issue, field);
  return { severity: 'problem', field: isStep ? 'release.canary' : at, sentence: where + sentence };
}

function boundText(
  { code, minimum, maximum, inclusive, message }: Issue,
  field: PlanField,
): string {
  if (code === 'too_small' && typeof minimum === 'number') {
    return (inclusive === true ? words.least : words.above)(readText(field, minimum));
  }
  if (code === 'too_big' && typeof maximum === 'number') {
    return (inclusive === true ? words.most : words.below)(readText(field, maximum));
  }
  return message;
}

/** What is other than before, field by field. */
export function changesOf(before: ModelPlan, after: ModelPlan): readonly string[] {
  const changed = allFields.flatMap((field) => {
    const [from, to] = [valueAt(before, field.path), valueAt(after, field.path)];
    if (from === to) return [];
    return [words.change(labelOf(field.path), readText(field, from), readText(field, to))];
  });
  const lists: readonly [string, (plan: ModelPlan) => string][] = [
    [words.parameters, ({ trainer }) => listText(parameterTexts(trainer.parameters))],
    [words.kinds, ({ triggers }) => listText(triggers.kinds.map((kind) => kindNames[kind]))],
    ['release.automatic', ({ release }) => (release.automatic ? words.yes : words.no)],
    [words.approvals, ({ release }) => listText(release.approvals)],
    [words.steps, ({ release }) => listText(release.canary.map(stepText))],
  ];
  return [
    ...changed,
    ...lists.flatMap(([label, textOf]) => {
      const [from, to] = [textOf(before), textOf(after)];
      return from === to ? [] : [words.change(labelOf(label), from, to)];
    }),
  ];
}

function stepText(step: ModelPlan['release']['canary'][number]): string {
  const { share, rowsMin, durationMs } = stepFields;
  const span = step.durationMs === 0 ? '' : `, ${readText(durationMs, step.durationMs)}`;
  return `${readText(share, step.share)} (${readText(rowsMin, step.rowsMin)}${span})`;
}

function parameterTexts(parameters: ModelPlan['trainer']['parameters']): string[] {
  return Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
}

function listText(texts: readonly string[]): string {
  return texts.length === 0 ? words.none : texts.join(', ');
}

/** What a field is called in the form; a name that has none is its own. */
export function labelOf(path: string): string {
  if (path.startsWith('release.canary')) return words.steps;
  if (path.startsWith('trainer.parameters')) return words.parameters;
  if (path.startsWith('triggers.kinds')) return words.kinds;
  if (path.startsWith('release.approvals')) return words.approvals;
  if (path.startsWith('release.automatic')) return words.automaticShort;
  return fieldWords[path]?.[0] ?? path;
}
