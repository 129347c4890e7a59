/**
 * A registry of one model on events in memory, for tests of releases: optimistic, and with the rules that a release must keep.
 *
 * Each process has a registry of its own over the same events, as in the engine.
 */
import type { ModelEvent, ModelServing } from '../../../contracts/modelEvent.ts';
import { ModelEvent as Event } from '../../../contracts/modelEvent.ts';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { ModelRecord } from '../../../contracts/modelRecord.ts';
import type { ModelVersion } from '../../../contracts/modelVersion.ts';
import type { Release } from '../../../contracts/release.ts';
import type { By } from '../../../control/definitions/written.ts';
import type {
  KnownModel,
  ModelRegistry,
  ModelWritten,
} from '../../../control/registry/modelRegistry.ts';

export const by: By = { actor: 'ada', reason: 'because' };

interface Row {
  readonly event: ModelEvent;
  readonly by: By;
  readonly at: number;
}

/** What outlives every process. */
export interface World {
  readonly rows: Row[];
  now: number;
}

export interface FakeRegistry extends ModelRegistry {
  known(): KnownModel;
  /** Called before each of its promises does its work, and after it has. */
  at: (point: string) => Promise<void>;
}

const features = [{ name: 'x', kind: 'numeric', monotone: 0 } as const];

export function version(name: string, passed = true): ModelVersion {
  const isOnline = !name.includes('.');
  const sha256 = name.replace(/\D/g, '').padStart(64, '0');
  const report = { passed, against: null, at: 0, gates: [] };
  return {
    ...{ model: 'answer', version: name, kind: isOnline ? 'online' : 'trees', task: 'binary' },
    ...{ features: [...features], artifact: isOnline ? null : { sha256, bytes: 9 }, golden: null },
    ...{ data: null, trainer: 'trees', parameters: {}, seed: null, calibration: null },
    ...{ metrics: {}, gates: isOnline ? null : report, parent: null, run: null, notes: '' },
  };
}

const served = (name: string) => {
  const { artifact } = version(name);
  return { version: name, sha256: artifact?.sha256 ?? null, width: 1 };
};

/** The online learner is champion; `release` is the part of the plan. */
export function newWorld(release: Record<string, unknown> = {}): World {
  const declared = {
    kind: 'declared',
    model: 'answer',
    pipeline: 'campus',
    task: 'binary',
  } as const;
  const plan = ModelPlan.parse({ release });
  const rows = [
    { event: { ...declared, version: '1', features: [...features] }, by, at: 0 },
    { event: { kind: 'planned', plan } as const, by, at: 0 },
  ];
  return { rows, now: 1_000 };
}

export function register(world: World, name: string, passed = true): void {
  world.rows.push({
    event: { kind: 'registered', version: version(name, passed) },
    by,
    at: world.now,
  });
}

function fold(rows: readonly Row[]): KnownModel {
  let serving: ModelServing = { champion: served('1'), release: null, shadows: [] };
  let plan = ModelPlan.parse({});
  const versions = [{ version: version('1'), madeAt: 0, by, removed: false }];
  const releases: Release[] = [];
  const past = [{ serving, at: 0, by }];
  for (const { event, at, by: writer } of rows) {
    if (event.kind === 'planned') plan = event.plan;
    if (event.kind === 'registered') {
      versions.push({ version: event.version, madeAt: at, by: writer, removed: false });
    }
    if (event.kind === 'released') {
      const place = releases.findIndex(({ id }) => id === event.release.id);
      releases.splice(place < 0 ? releases.length : place, 1, event.release);
    }
    if (event.kind === 'served') {
      releases.forEach((release, i) => {
        if (release.phase === 'shadow' || release.phase === 'canary') {
          releases[i] = { ...release, phase: 'aborted', share: 0 };
        }
      });
    }
    if (event.kind === 'served' || event.kind === 'released') {
      serving = event.serving;
      past.push({ serving, at, by: writer });
    }
  }
  const head = {
    kind: 'model',
    key: 'answer',
    revision: rows.length,
    writeId: String(rows.length),
  };
  const of = { model: 'answer', pipeline: 'campus', task: 'binary', featureVersion: '1' } as const;
  return { ...of, features, plan, serving, versions, releases, served: past, head };
}

/** Why the event cannot be: a release and who serves must say the same, and what is over is over. */
function whyNot(known: KnownModel, release: Release, serving: ModelServing): string | undefined {
  const isOpen = ({ phase }: Release) => phase === 'shadow' || phase === 'canary';
  const before = known.releases.find(({ id }) => id === release.id);
  const current = known.releases.find(isOpen);
  if (before !== undefined && !isOpen(before)) return `The release ${release.id} is over.`;
  if (current !== undefined && current.id !== release.id) return 'Another is under way.';
  const names = [serving.champion, serving.release?.version, ...serving.shadows].flatMap(
    (each) => each?.version ?? [],
  );
  if (new Set(names).size < names.length) return `Twice in ${names.join(', ')}.`;
  const isServed =
    serving.release?.id === release.id &&
    serving.release.version.version === release.version &&
    serving.release.share === release.share;
  if (isOpen(release) ? !isServed : serving.release !== null) return 'They say different things.';
  const champion = release.phase === 'promoted' ? release.version : release.against;
  return serving.champion.version === champion ? undefined : 'Another champion.';
}

export function fakeRegistry(world: World): FakeRegistry {
  let known = fold(world.rows);
  const read = () => {
    known = fold(world.rows);
  };
  const write = (event: ModelEvent, writer: By): ModelWritten => {
    world.rows.push({ event: Event.parse(event), by: writer, at: world.now });
    read();
    return { outcome: 'written', revision: world.rows.length, made: undefined };
  };
  const registry: FakeRegistry = {
    known: () => fold(world.rows),
    at: async () => undefined,
    models: () => [known],
    model: (name) => (name === 'answer' ? known : undefined),
    inForce(): ModelRecord {
      return { revision: known.head.revision, model: 'answer', ...known.serving };
    },
    async release(_, { release, serving }, revision, writer) {
      await registry.at('before release');
      read();
      let written: ModelWritten;
      if (revision !== known.head.revision) {
        written = { outcome: 'stale', revision: known.head.revision };
      } else {
        const sentence = whyNot(known, release, serving);
        written =
          sentence === undefined
            ? write({ kind: 'released', release, serving }, writer)
            : { outcome: 'refused', sentence };
      }
      await registry.at('after release');
      return written;
    },
    async rollback(_, name, writer) {
      read();
      const shadows = known.serving.shadows.filter((each) => each.version !== name);
      const serving = { champion: served(name), release: null, shadows };
      return write({ kind: 'served', serving }, writer);
    },
    async refresh() {
      await registry.at('before refresh');
      read();
      await registry.at('after refresh');
    },
    declare: () => Promise.reject(new Error('not here')),
    register: () => Promise.reject(new Error('not here')),
    plan: () => Promise.reject(new Error('not here')),
    remove: () => Promise.reject(new Error('not here')),
    announceAgain: async () => undefined,
    close: async () => undefined,
  };
  return registry;
}
