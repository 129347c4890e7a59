/**
 * How a model's life has ended, without what two lives over the same answers may differ in.
 *
 * Left out are times, the random part of the run's id, offsets (an engine that starts again writes records once more), what the gates found
 * of latency, how much evidence there was when a step of the canary was taken (epochs are cut as they come), and that a
 * run says it went on.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine } from '../../cli/engine.ts';
import { readSettings } from '../../contracts/settings.ts';
import type { Store } from '../../contracts/store.ts';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import type { KnownModel } from '../../control/registry/modelRegistry.ts';
import { settled } from './settled.ts';
import { type Contents, readContents } from './tables.ts';

export interface LifePicture {
  readonly run: unknown;
  readonly revision: number;
  readonly versions: readonly unknown[];
  readonly releases: readonly unknown[];
  readonly served: readonly unknown[];
  readonly plan: unknown;
  /** Names of files that are kept. */
  readonly files: readonly string[];
  /** By name, in an order of their own. */
  readonly rows: Readonly<Record<string, readonly unknown[]>>;
}

/** @param data of an engine that has ended, and settled whatever it had to */
export async function readLife(
  data: string,
  run: TrainingRun,
): Promise<{ picture: LifePicture; contents: Contents }> {
  const settings = readSettings({}, { data, port: 0, partitions: 2, pseudonyms: 'off' });
  const engine = await startEngine({ settings, say: () => {}, serve: false });
  try {
    await settled(engine, 60_000);
    const known = engine.models!.model('answer')!;
    const picture = {
      run: pictureOfRun(run),
      ...pictureOfModel(known),
      files: filesIn(join(data, 'artifacts')),
      rows: await readRows(engine.store),
    };
    return { picture, contents: await readContents(engine.store) };
  } finally {
    await engine.stop();
  }
}

function pictureOfRun({ state, sentence, snapshot, version, curves, steps, log }: TrainingRun) {
  const told = steps.map(({ name, state, sentence }) => ({ name, state, sentence }));
  const sentences = log.map((each) => each.sentence);
  const logged = sentences.filter((each) => each !== 'It goes on where it was.');
  return { state, sentence, snapshot, version, curves, steps: told, log: logged };
}

function pictureOfModel({ head, versions, releases, served, plan }: KnownModel) {
  return {
    revision: head.revision,
    plan,
    versions: versions.map(
      ({ version: { run: _, gates, ...version }, by: { actor }, removed }) => ({
        ...{ ...version, actor, removed },
        gates: gates?.gates.map(({ gate, outcome, sentence, checks }) =>
          gate === 'latency' ? { gate, outcome } : { gate, outcome, sentence, checks },
        ),
      }),
    ),
    releases: releases.map(({ since: _, steps, ...release }) => ({
      ...release,
      steps: steps.map(({ actor, phase, share }) => ({ actor, phase, share })),
    })),
    served: served.map(({ serving, by: { actor } }) => ({ ...serving, actor })),
  };
}

function filesIn(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
}

/** Whose event it is tells a row, not where it lies. */
async function readRows(store: Store): Promise<LifePicture['rows']> {
  const select = (sql: string) => store.query<Record<string, unknown>>(sql);
  const named = `JOIN (SELECT partition, offset, user, id FROM events FINAL) AS e USING (partition, offset)`;
  return {
    predictions: await select(
      `SELECT e.user, e.id, model, model_version, partition, probability, label FROM predictions AS p FINAL ${named}
       ORDER BY e.user, e.id`,
    ),
    examples: await select(
      `SELECT e.user, e.id, model, feature_version, partition, features, label, weight, served, online, served_version
       FROM examples AS p FINAL ${named} ORDER BY e.user, e.id`,
    ),
    quality: await select(
      `SELECT * EXCEPT (version, received_at) FROM model_quality FINAL
       ORDER BY model, model_version, window_ms, window_start, partition`,
    ),
    evidence: await select(
      `SELECT name, key, partition, taken, refused, hex(state) AS state, figures FROM statistics FINAL
       WHERE name LIKE 'release_%' ORDER BY name, key, partition`,
    ),
    combiners: await select(
      `SELECT partition, hex(key) AS key, hex(value) AS value FROM state FINAL
       WHERE table IN ('combiners-answer', 'models') AND key != '' ORDER BY table, partition, key`,
    ),
  };
}
