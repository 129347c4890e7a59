/**
 * Leads the releases of all models: by their evidence, by the plan, and by hand.
 *
 * All that is known of a release lies in the registry. Each step is decided on one revision and written as the next: whoever dies before
 * it is written has done nothing, whoever dies after it finds it done. Ids follow from the revision, so that nothing depends on who
 * does it.
 */
import { createHash } from 'node:crypto';
import type { Release, ReleaseMoveName } from '../../contracts/release.ts';
import { isTrial, trialId } from '../../contracts/releaseTrial.ts';
import type { By } from '../definitions/written.ts';
import type { KnownModel, ModelRegistry, ModelWritten } from '../registry/modelRegistry.ts';
import { isUnderWay } from '../registry/releaseUnderWay.ts';
import { servedVersion } from '../registry/servedVersion.ts';
import type { ReadEvidence } from './releaseEvidence.ts';
import { beginRelease, beginTrial, moveRelease } from './releaseMoves.ts';
import { releaseThatGivesWay } from './releaseThatGivesWay.ts';
import { servingOf } from './servingOf.ts';
import { engineActor, stepRelease } from './stepRelease.ts';
import { waitingVersions } from './waitingVersions.ts';

export interface ReleasingOptions {
  readonly registry: ModelRegistry;
  readonly readEvidence: ReadEvidence;
  readonly clock?: () => number;
  /**
   * Told of each rollback that is in the log.
   *
   * @param tookMs since the evidence for it was read, or since somebody asked for it
   */
  readonly rolledBack?: (model: string, tookMs: number) => void;
}

export interface Beginning {
  readonly version: string;
  /** `canary` without proof from the shadow: for whoever knows why. */
  readonly from?: 'shadow' | 'canary';
}

/** Another change came in between each time. */
const triesMax = 5;
/** Steps of one model in one look: more than can follow each other. */
const stepsMax = 8;

interface Decided {
  readonly release: Release;
  readonly by: By;
  /** Ends what was served, or takes it back. */
  readonly isRollback: boolean;
  /** By `performance.now`, ms. */
  readonly since: number;
}

export class Releasing {
  readonly #registry: ModelRegistry;
  readonly #readEvidence: ReadEvidence;
  readonly #clock: () => number;
  readonly #rolledBack: (model: string, tookMs: number) => void;

  constructor({ registry, readEvidence, clock = Date.now, rolledBack }: ReleasingOptions) {
    this.#registry = registry;
    this.#readEvidence = readEvidence;
    this.#clock = clock;
    this.#rolledBack = rolledBack ?? (() => undefined);
  }

  /**
   * Does for one model whatever is to be done now.
   *
   * @returns undefined, or why a step was refused
   * @throws whatever reading the evidence or writing a step throws
   */
  async look(model: string): Promise<string | undefined> {
    let stale = 0;
    for (let steps = 0; steps < stepsMax && stale < triesMax; steps += 1) {
      const known = this.#registry.model(model);
      const decided = known && (await this.#decide(known));
      if (decided === undefined) return undefined;
      const written = await this.#write(known!, decided);
      if (written.outcome === 'refused') return written.sentence;
      if (written.outcome === 'absent') return undefined;
      if (written.outcome === 'stale') {
        stale += 1;
        await this.#registry.refresh();
      }
    }
    return undefined;
  }

  /** Begins a release; a trial that is under way ends with it. */
  begin(model: string, { version, from = 'shadow' }: Beginning, by: By): Promise<ModelWritten> {
    return this.#fromNewest(model, (known) => {
      const { champion } = known.serving;
      const current = known.releases.findLast(isUnderWay);
      if (!known.versions.some((each) => each.version.version === version && !each.removed)) {
        return { refused: `There is no version ${version} of ${model}.` };
      }
      if (champion.version === version) {
        return { refused: `Version ${version} is the champion already.` };
      }
      if (current !== undefined && !isTrial(current)) {
        return {
          refused: `Version ${current.version} is being released: wait for its end, or abort it first.`,
        };
      }
      if (current !== undefined) {
        // Two events: whoever dies between them has ended the trial, and the new one is champion as before.
        const why = { ...by, reason: `The release of version ${version} begins.` };
        return { ...this.#moved(known, current, 'abort', why), more: true };
      }
      return this.#begun(known, version, from, by);
    });
  }

  /** Pauses, resumes or aborts the release under way, or agrees to what it waits for. */
  move(model: string, move: ReleaseMoveName, by: By): Promise<ModelWritten> {
    let first: Release | undefined;
    return this.#fromNewest(model, (known) => {
      const release = known.releases.findLast(isUnderWay);
      if (release === undefined) return { refused: `No release of ${model} is under way.` };
      first ??= release;
      if (release.id !== first.id || (move === 'approve' && release.awaits !== first.awaits)) {
        return { refused: 'The release has gone on in between: look at it again.' };
      }
      return this.#moved(known, release, move, by);
    });
  }

  /**
   * Ends a release that serves nobody yet for a newer version that waits; the next look begins its release.
   *
   * @param by with why it takes the place
   */
  async giveWay(model: string, version: string, by: By): Promise<void> {
    await this.#fromNewest(model, (known) => {
      const current = releaseThatGivesWay(known);
      const waits = waitingVersions(known).some((each) => each.version === version);
      if (current === undefined || !waits) return { refused: 'There is nothing to do.' };
      return this.#moved(known, current, 'abort', by);
    });
  }

  /** Makes a version champion at once; a release under way ends. */
  async rollback(model: string, version: string, by: By): Promise<ModelWritten> {
    const since = performance.now();
    const written = await this.#registry.rollback(model, version, by);
    if (written.outcome === 'written') this.#measure(model, version, since);
    return written;
  }

  async #decide(known: KnownModel): Promise<Decided | undefined> {
    const { model, releases, serving, plan } = known;
    const current = releases.findLast(isUnderWay);
    if (current !== undefined) {
      const reading = await this.#readEvidence(model, current);
      const since = performance.now();
      const release = stepRelease(current, plan.release, reading, this.#clock());
      return release && { ...byEngine(release), isRollback: isRollback(current, release), since };
    }
    const since = performance.now();
    const last = releases.at(-1);
    const isNew =
      last?.phase === 'promoted' && !isTrial(last) && serving.champion.version === last.version;
    if (isNew && !releases.some(({ id }) => id === trialId(last.id))) {
      const release = beginTrial(last, plan.release, this.#clock());
      return { ...byEngine(release), isRollback: false, since };
    }
    const newest = plan.release.automatic ? waitingVersions(known).at(-1) : undefined;
    if (newest === undefined) return undefined;
    const by = { actor: engineActor, reason: '' };
    const { release } = this.#begun(known, newest.version, 'shadow', by);
    return { ...byEngine(release), isRollback: false, since };
  }

  #begun(known: KnownModel, version: string, from: 'shadow' | 'canary', by: By) {
    const { model, head, serving, plan } = known;
    const waiting = waitingVersions(known).map((each) => each.version);
    // Newer ones go on waiting; where the version does not wait itself, as one that is tried again, so do all.
    const superseded = waiting.slice(0, Math.max(0, waiting.indexOf(version)));
    const named = `${model}@${head.revision}:${version}`;
    const id = createHash('sha256').update(named).digest('hex').slice(0, 16);
    const against = serving.champion.version;
    const release = beginRelease(
      { id, version, against, from, superseded },
      plan.release,
      by,
      this.#clock(),
    );
    return { release, by, isRollback: false, since: performance.now() };
  }

  #moved(known: KnownModel, current: Release, move: ReleaseMoveName, by: By) {
    const since = performance.now();
    const moved = moveRelease(current, move, known.plan.release, by, this.#clock());
    if ('refused' in moved) return moved;
    return { ...moved, by, isRollback: isRollback(current, moved.release), since };
  }

  /** What somebody wants is done from the newest revision, whatever that is. */
  async #fromNewest(
    model: string,
    attempt: (known: KnownModel) => (Decided & { more?: boolean }) | { readonly refused: string },
  ): Promise<ModelWritten> {
    for (let tries = 1; ; tries += 1) {
      await this.#registry.refresh();
      const known = this.#registry.model(model);
      if (known === undefined) return { outcome: 'absent' };
      const decided = attempt(known);
      if ('refused' in decided) return { outcome: 'refused', sentence: decided.refused };
      const written = await this.#write(known, decided);
      const isFirst = written.outcome === 'written' && decided.more === true;
      if (!isFirst && (written.outcome !== 'stale' || tries >= triesMax)) return written;
    }
  }

  async #write(known: KnownModel, decided: Decided): Promise<ModelWritten> {
    const { release, by, isRollback, since } = decided;
    const { model, head } = known;
    const served = (name: string) =>
      servedVersion(known.versions.find(({ version }) => version.version === name)!.version);
    const { version, against } = release;
    const serving = servingOf(release, served(version), served(against), known.serving);
    const step = { release, serving };
    const written = await this.#registry.release(model, step, head.revision, by);
    if (written.outcome === 'written' && isRollback) {
      this.#measure(model, serving.champion.version, since);
    }
    return written;
  }

  /** A rollback that could not be written into the log yet is none: the registry goes on trying, and says so. */
  #measure(model: string, champion: string, since: number): void {
    const record = this.#registry.inForce(model);
    const isInLog = record?.champion.version === champion && record.release === null;
    if (isInLog) this.#rolledBack(model, performance.now() - since);
  }
}

function byEngine(release: Release): { release: Release; by: By } {
  return { release, by: { actor: engineActor, reason: release.steps.at(-1)!.sentence } };
}

/** Users who were served by a version are served by the one before again. */
function isRollback(before: Release, { phase }: Release): boolean {
  if (isTrial(before)) return phase === 'promoted';
  return before.share > 0 && (phase === 'withdrawn' || phase === 'aborted');
}
