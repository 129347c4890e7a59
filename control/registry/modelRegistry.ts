/** The models that there are, their versions, and who serves: what the registry of models answers and takes. */
import type { ModelServing } from '../../contracts/modelEvent.ts';
import type { ModelPlan } from '../../contracts/modelPlan.ts';
import type { ModelRecord } from '../../contracts/modelRecord.ts';
import type { ModelFeature, ModelVersion } from '../../contracts/modelVersion.ts';
import type { Release } from '../../contracts/release.ts';
import type { DefinitionHead } from '../definitions/definitionRows.ts';
import type { By } from '../definitions/written.ts';

export interface KnownVersion {
  readonly version: ModelVersion;
  /** ms since 1970. */
  readonly madeAt: number;
  readonly by: By;
  readonly removed: boolean;
}

/** Who served from a time on. */
export interface ServedFrom {
  readonly serving: ModelServing;
  /** ms since 1970. */
  readonly at: number;
  readonly by: By;
}

export interface KnownModel {
  readonly model: string;
  readonly pipeline: string;
  readonly task: 'binary' | 'regression';
  /** Version of its features. */
  readonly featureVersion: string;
  readonly features: readonly ModelFeature[];
  readonly plan: ModelPlan;
  readonly serving: ModelServing;
  /** The oldest first. */
  readonly versions: readonly KnownVersion[];
  /** The latest state of each, the oldest first; at most one of them is under way. */
  readonly releases: readonly Release[];
  /** The oldest first. */
  readonly served: readonly ServedFrom[];
  /** Its revision is that of the newest event. */
  readonly head: DefinitionHead;
}

/** What a new version is made of; its number and what the registry knows are added. */
export type NewVersion = Omit<ModelVersion, 'version' | 'parent' | 'task' | 'features'>;

export type ModelWritten<Made = undefined> =
  | { readonly outcome: 'written'; readonly revision: number; readonly made: Made }
  /** Somebody has written since. */
  | { readonly outcome: 'stale'; readonly revision: number }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'refused'; readonly sentence: string };

export interface Declared {
  readonly model: string;
  readonly pipeline: string;
  readonly task: 'binary' | 'regression';
  readonly version: string;
  readonly features: readonly ModelFeature[];
}

export interface ModelRegistry {
  /** As far as it is read, by name. */
  models(): readonly KnownModel[];
  model(name: string): KnownModel | undefined;
  /** In the log already: who predicts in the data plane. The same object until it changes. */
  inForce(name: string): ModelRecord | undefined;
  /**
   * Makes a model known; nothing happens when it is already, as it is. Where the features are of another version, the online
   * learner by itself becomes champion and a release under way is aborted.
   */
  declare(declared: Declared, by: By): Promise<ModelWritten>;
  /**
   * Adds a version under the next number. Its files are in the artifact store already.
   *
   * The same run registers the same version once: a second call answers with the first's.
   */
  register(version: NewVersion, by: By): Promise<ModelWritten<ModelVersion>>;
  /** Notes a step of a release, and who serves from it on, in one event. @param revision it was decided on */
  release(
    model: string,
    step: { readonly release: Release; readonly serving: ModelServing },
    revision: number,
    by: By,
  ): Promise<ModelWritten>;
  /** Makes a version champion at once, whatever it is; a release under way is aborted. */
  rollback(model: string, version: string, by: By): Promise<ModelWritten>;
  plan(model: string, plan: ModelPlan, revision: number, by: By): Promise<ModelWritten>;
  /** Refused while anything points to it: who serves, a release under way, or the last five champions. */
  remove(model: string, version: string, by: By): Promise<ModelWritten>;
  /** Looks for newer events now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Writes what the data plane needs into the log once more. @throws EngineError as `Announce` */
  announceAgain(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
