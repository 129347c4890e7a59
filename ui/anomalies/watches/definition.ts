/** From a draft to the watch that is sent, with what cannot be read told in sentences beside its field. */
import type { ProblemSaid } from '../../definitions/problems.ts';
import { numberOf } from '../../definitions/typed.ts';
import { spanOf } from '../../format/spans.ts';
import { faults as words } from '../../words/watchForm.ts';
import type { Draft } from './draft.ts';

export interface Definition {
  /** What is sent; parts that cannot be read are left out. */
  readonly watch: Readonly<Record<string, unknown>> & { readonly key: string };
  readonly faults: readonly ProblemSaid[];
}

/** Addresses of this dashboard and of the engine, which no watch may take. */
const takenKeys = ['new', 'check'];

interface Reading {
  fault(field: string, sentence: string): void;
  number(field: string, text: string): number | undefined;
  span(field: string, text: string): number | undefined;
}

export function definitionOf(draft: Draft): Definition {
  const faults: ProblemSaid[] = [];
  const fault: Reading['fault'] = (field, sentence) => {
    faults.push({ severity: 'problem', field, sentence });
  };
  const reading: Reading = {
    fault,
    number(field, text) {
      const read = numberOf(text);
      if (read === undefined) fault(field, words.number(text));
      return read;
    },
    span(field, text) {
      const read = spanOf(text);
      if (read === undefined) fault(field, words.span(text));
      return read;
    },
  };
  const key = draft.key.trim();
  if (draft.name.trim() === '') fault('name', words.name);
  if (key === '') fault('key', words.key);
  if (takenKeys.includes(key)) fault('key', words.taken(key));
  const runbook = draft.runbook.trim();
  return {
    watch: {
      ...{ key, name: draft.name.trim(), purpose: draft.purpose },
      ...{ lane: draft.lane, severity: draft.severity },
      source: sourceOf(draft, reading),
      judgement: judgementOf(draft, reading),
      pendingMs: reading.span('pendingMs', draft.pending),
      clearMs: reading.span('clearMs', draft.over),
      refractoryMs: reading.span('refractoryMs', draft.rest),
      noDataMs: draft.noData.trim() === '' ? null : reading.span('noDataMs', draft.noData),
      routes: draft.routes,
      ...(runbook === '' ? {} : { runbook }),
      isActive: draft.isActive,
    },
    faults,
  };
}

function sourceOf(draft: Draft, { fault, span }: Reading) {
  const pipeline = draft.pipeline.trim();
  const named = (text: string) => {
    if (text.trim() === '') fault('source', words.source);
    return text.trim();
  };
  switch (draft.source) {
    case 'metric':
      return {
        ...{ kind: 'metric', pipeline, metric: named(draft.metric) },
        ...{ figure: draft.metricFigure, by: draft.by, widthMs: span('source', draft.width) },
      };
    case 'statistic': {
      const figure = draft.figure.trim();
      if (figure === '') fault('source', words.figure);
      return { kind: 'statistic', pipeline, name: named(draft.statistic), figure };
    }
    case 'finding':
      return { kind: 'finding', pipeline, name: named(draft.finding) };
  }
}

function judgementOf(draft: Draft, reading: Reading) {
  const number = (text: string) => reading.number('judgement', text);
  switch (draft.judgement) {
    case 'usual':
      return {
        ...{ kind: 'usual', direction: draft.direction },
        budgetPerWeek: budgetPerWeek(draft.weeks, reading),
        leastChange: shareOf(number(draft.leastChange)),
        leastCount: number(draft.leastCount),
      };
    case 'limit':
      return {
        ...{ kind: 'limit', direction: draft.side, limit: number(draft.limit) },
        ...(draft.clear.trim() === '' ? {} : { clear: number(draft.clear) }),
        leastCount: number(draft.limitCount),
      };
    case 'probability':
      return { kind: 'probability', budgetPerWeek: budgetPerWeek(draft.weeks, reading) };
    case 'alarms':
      return { kind: 'alarms' };
  }
}

function shareOf(percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : Number((percent / 100).toPrecision(14));
}

/** One alert in so many weeks. */
function budgetPerWeek(weeks: string, { fault, number }: Reading): number | undefined {
  const read = number('judgement', weeks);
  if (read === undefined) return undefined;
  if (read <= 0) {
    fault('judgement', words.weeks);
    return undefined;
  }
  // Fewer digits than it is typed with: the same budget comes back.
  return Number((1 / read).toPrecision(10));
}
