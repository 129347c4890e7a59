/**
 * Gathers what the rules look at, one part after the other, each within its time.
 *
 * A part that takes longer goes on by itself, and its value is taken by a later look; until then, and where it fails, the rules see
 * what was gathered last.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { readOpenAlerts } from '../watching/alertRows.ts';
import type { FactMoment, FactSources } from './factSources.ts';
import type { Facts } from './facts.ts';
import { ActiveUsers } from './gather/activity.ts';
import { gatherColumns } from './gather/columns.ts';
import { gatherExperiments } from './gather/experiments.ts';
import { gatherModels } from './gather/models.ts';
import { gatherOperations } from './gather/operations.ts';
import { gatherPolicies } from './gather/policies.ts';

/** The parts that have a gatherer of their own. */
export type FactPart = 'models' | 'columns' | 'experiments' | 'policies' | 'operations';
export type Gathered<Part extends FactPart> = NonNullable<Facts[Part]>;

export type Gatherers = {
  readonly [Part in FactPart]: (
    sources: FactSources,
    moment: FactMoment,
  ) => Promise<Gathered<Part>>;
};

export interface GatheredFacts {
  readonly facts: Facts;
  /** Parts that are not of this moment, with the reason. */
  readonly failing: readonly { readonly kind: string; readonly sentence: string }[];
}

export interface FactGathererOptions {
  readonly sources: FactSources;
  /** Absent parts stay null: their rules are not asked. */
  readonly gatherers: Partial<Gatherers>;
  /** Longest time that a look waits for a part, ms. */
  readonly partMs?: number;
}

interface Part {
  value: unknown;
  problem: string | null;
  /** Gathering goes on. */
  running: Promise<void> | undefined;
}

export class FactGatherer {
  readonly #options: FactGathererOptions;
  readonly #parts = new Map<string, Part>();
  readonly #activeUsers = new ActiveUsers();

  constructor(options: FactGathererOptions) {
    this.#options = options;
  }

  /** @param signal nobody waits any more */
  async gather(moment: FactMoment, signal?: AbortSignal): Promise<GatheredFacts> {
    const { sources, gatherers } = this.#options;
    const { reader } = sources;
    const own = {
      'active users': () => this.#activeUsers.read(reader, moment.eventTime),
      alerts: () => readOpenAlerts(reader),
    };
    const asked = Object.entries(gatherers).map(([part, gather]) => {
      return [part, () => gather(sources, moment)] as const;
    });
    const failing: { kind: string; sentence: string }[] = [];
    for (const [name, gather] of [...Object.entries(own), ...asked]) {
      const problem = await this.#ask(name, gather, signal);
      if (problem !== null) failing.push({ kind: name, sentence: problem });
    }
    const facts: Facts = {
      ...moment,
      activeUsers: this.#value<number>('active users') ?? 0,
      models: this.#value('models'),
      columns: this.#value('columns'),
      experiments: this.#value('experiments'),
      policies: this.#value('policies'),
      operations: this.#value('operations'),
      alerts: this.#value<Facts['alerts']>('alerts') ?? [],
    };
    return { facts, failing };
  }

  #value<Value>(name: string): Value | null {
    return (this.#parts.get(name)?.value ?? null) as Value | null;
  }

  /** @returns why the value is not of now, a sentence; null: it is */
  async #ask(
    name: string,
    gather: () => Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<string | null> {
    const { partMs = 15_000 } = this.#options;
    const part = this.#parts.get(name) ?? { value: null, problem: null, running: undefined };
    this.#parts.set(name, part);
    part.running ??= (async () => {
      try {
        part.value = await gather();
        part.problem = null;
      } catch (error) {
        part.problem = error instanceof Error ? error.message : String(error);
      }
      part.running = undefined;
    })();
    const waiting = new AbortController();
    const heeded =
      signal === undefined ? waiting.signal : AbortSignal.any([waiting.signal, signal]);
    const isDone = await Promise.race([
      part.running.then(() => true),
      sleep(partMs, false, { signal: heeded, ref: false }).catch(() => false),
    ]);
    waiting.abort();
    if (isDone) return part.problem;
    return `Gathering takes longer than ${partMs / 1_000} s, and goes on.`;
  }
}

export const factGatherers: Partial<Gatherers> = {
  models: gatherModels,
  columns: gatherColumns,
  experiments: gatherExperiments,
  policies: gatherPolicies,
  operations: gatherOperations,
};
