/** What the registry of models should do, as plainly as it can be said: lists and names, without events. */
import fc from 'fast-check';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { ModelRecord } from '../../../contracts/modelRecord.ts';
import type { KnownModel, ModelRegistry } from '../../../control/registry/modelRegistry.ts';
import { declaredAnswer, newVersion, releaseOf, serves } from '../../support/modelSamples.ts';

/** A command, of one of two processes; versions and runs by number, so that most of them are there. */
export interface Intent {
  readonly process: 0 | 1;
  readonly kind:
    | 'register'
    | 'rollback'
    | 'remove'
    | 'plan'
    | 'begin'
    | 'widen'
    | 'end'
    | 'declare';
  readonly number: number;
  readonly flag: boolean;
}

export const intents: fc.Arbitrary<Intent> = fc.record({
  process: fc.constantFrom(0, 1),
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant('register' as const) },
    { weight: 1, arbitrary: fc.constant('declare' as const) },
    {
      weight: 12,
      arbitrary: fc.constantFrom('rollback', 'remove', 'plan', 'begin', 'widen', 'end'),
    },
  ),
  number: fc.integer({ min: 0, max: 7 }),
  flag: fc.boolean(),
});

const by = { actor: 'ada', reason: 'to learn' };
const letters = 'abcdef0123456789abcdefabcdef';

interface Known {
  readonly name: string;
  readonly features: number;
  readonly letter: string | undefined;
  readonly run: string | null;
  isRemoved: boolean;
}

export function createReference() {
  let revision = 1;
  let servedRevision = 1;
  let features = 1;
  let champion = '1';
  let release: { version: string; share: number; id: string } | undefined;
  const ended: string[] = [];
  let champions = ['1'];
  const versions: Known[] = [
    { name: '1', features: 1, letter: undefined, run: null, isRemoved: false },
  ];

  const nameOf = (number: number) => versions[number % versions.length]!.name;
  const known = (name: string) => versions.find((each) => each.name === name)!;
  const canServe = (name: string) => !known(name).isRemoved && known(name).features === features;
  const servesAs = (name: string) => ({
    ...serves(name, known(name).letter),
    width: known(name).features === 1 ? declaredAnswer.features.length : 0,
  });

  function wrote(changesServing: boolean): string {
    revision += 1;
    if (changesServing) servedRevision = revision;
    return 'written';
  }

  function crown(name: string): void {
    champion = name;
    champions = [name, ...champions.filter((each) => each !== name)];
  }

  function abort(): void {
    if (release !== undefined) ended.push(`${release.id} aborted`);
    release = undefined;
  }

  /** The outcome that is expected; @param seen revision that the process had read before */
  function apply({ kind, number, flag }: Intent, seen: number): string {
    const name = nameOf(number);
    switch (kind) {
      case 'register': {
        const run = flag ? `run-${number}` : null;
        if (run !== null && versions.some((each) => each.run === run)) return 'written';
        const count = versions.filter((each) => each.features === features).length;
        const letter = letters[versions.length - 1]!;
        const added = { features, letter, run, isRemoved: false };
        versions.push({ name: `${features}.${count}`, ...added });
        return wrote(false);
      }
      case 'plan':
        return seen === revision ? wrote(false) : 'stale';
      case 'declare': {
        const wanted = flag ? 2 : 1;
        if (wanted === features) return 'written';
        features = wanted;
        if (!versions.some((each) => each.name === `${wanted}`)) {
          const online = { letter: undefined, run: null, isRemoved: false };
          versions.push({ name: `${wanted}`, features: wanted, ...online });
        }
        abort();
        crown(`${wanted}`);
        return wrote(true);
      }
      case 'rollback':
        if (!canServe(name) || (champion === name && release === undefined)) return 'refused';
        abort();
        crown(name);
        return wrote(true);
      case 'remove': {
        const { letter, isRemoved } = known(name);
        const isKept = champions.slice(0, 5).includes(name) || release?.version === name;
        if (letter === undefined || isRemoved || isKept) return 'refused';
        known(name).isRemoved = true;
        return wrote(false);
      }
      case 'begin':
        if (seen !== revision) return 'stale';
        if (!canServe(name) || release !== undefined || name === champion) return 'refused';
        release = { version: name, share: 0, id: `release-${revision}` };
        return wrote(true);
      case 'widen':
        if (seen !== revision) return 'stale';
        if (release === undefined) return 'refused';
        if (release.share === shareOf(number)) return wrote(false);
        release.share = shareOf(number);
        return wrote(true);
      case 'end':
        if (seen !== revision) return 'stale';
        if (release === undefined) return 'refused';
        ended.push(`${release.id} ${flag ? 'promoted' : 'withdrawn'}`);
        if (flag) crown(release.version);
        release = undefined;
        return wrote(true);
    }
  }

  // The request is put together from what the reference knew before it applied the command.
  let before: {
    revision: number;
    champion: string;
    release: typeof release;
    name: string;
    letter: string;
  };

  return {
    apply(command: Intent, seen: number): string {
      const name = nameOf(command.number);
      const letter = letters[versions.length - 1]!;
      before = { revision, champion, release: release && { ...release }, name, letter };
      return apply(command, seen);
    },

    /** Does the same with the registry; @returns its outcome */
    async ask(registry: ModelRegistry, command: Intent, seen: number): Promise<string> {
      const { kind, number, flag } = command;
      const { name, letter } = before;
      switch (kind) {
        case 'register': {
          const run = flag ? `run-${number}` : null;
          return (await registry.register(newVersion(letter, { run }), by)).outcome;
        }
        case 'plan':
          return (await registry.plan('answer', ModelPlan.parse({}), seen, by)).outcome;
        case 'declare': {
          const other = { ...declaredAnswer, version: '2', features: [] };
          return (await registry.declare(flag ? other : declaredAnswer, by)).outcome;
        }
        case 'rollback':
          return (await registry.rollback('answer', name, by)).outcome;
        case 'remove':
          return (await registry.remove('answer', name, by)).outcome;
        default:
          return (await registry.release('answer', stepOf(command), seen, by)).outcome;
      }
    },

    picture() {
      return {
        revision,
        servedRevision,
        features: `${features}`,
        champion,
        release: release === undefined ? null : [release.version, release.share],
        ended,
        versions: versions.map(({ name, isRemoved }) => `${name}${isRemoved ? ' deleted' : ''}`),
      };
    },

    pictureOf(model: KnownModel & { readonly record?: ModelRecord }) {
      const { serving, releases } = model;
      const isOver = (phase: string) => phase !== 'shadow' && phase !== 'canary';
      return {
        revision: model.head.revision,
        servedRevision: model.record!.revision,
        features: model.featureVersion,
        champion: serving.champion.version,
        release: serving.release && [serving.release.version.version, serving.release.share],
        ended: releases
          .filter(({ phase }) => isOver(phase))
          .map(({ id, phase }) => `${id} ${phase}`),
        versions: model.versions.map(
          ({ version, removed }) => `${version.version}${removed ? ' deleted' : ''}`,
        ),
      };
    },

    newest: () => `${champion}@${servedRevision}`,
  };

  function stepOf({ kind, number, flag }: Intent) {
    const { champion: old, release: current, name } = before;
    if (kind === 'begin') {
      const id = `release-${before.revision}`;
      const challenger = { id, version: servesAs(name), share: 0, stage: 'shadow' };
      return {
        release: releaseOf(name, { id }),
        serving: { champion: servesAs(old), release: challenger, shadows: [] },
      };
    }
    // Of a release that there is not: one of a version that is unknown.
    const { version, id } = current ?? { version: '9.9', id: 'none' };
    const of = current === undefined ? serves(version) : servesAs(version);
    if (kind === 'widen') {
      const share = shareOf(number);
      return {
        release: releaseOf(version, { id, phase: 'canary', step: 0, share }),
        serving: {
          champion: servesAs(old),
          release: { id, version: of, share, stage: 'canary' },
          shadows: [],
        },
      };
    }
    return {
      release: releaseOf(version, { id, phase: flag ? 'promoted' : 'withdrawn' }),
      serving: { champion: flag ? of : servesAs(old), release: null, shadows: [] },
    };
  }
}

function shareOf(number: number): number {
  return number / 10;
}
