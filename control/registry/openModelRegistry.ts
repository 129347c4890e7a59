/**
 * The models that there are, kept as events in the table of definitions: a revision is the number of an event.
 *
 * Every process that serves or controls keeps them in memory, looks for newer events each second, and sees its own at once. Who
 * serves is in the event log before it is in force.
 */
import type { DefinitionState } from '../../contracts/definitionState.ts';
import { ModelEvent } from '../../contracts/modelEvent.ts';
import type { ModelRecord } from '../../contracts/modelRecord.ts';
import type { ModelVersion } from '../../contracts/modelVersion.ts';
import { same } from '../../contracts/same.ts';
import { DefinitionBook } from '../definitions/definitionBook.ts';
import { readHeads } from '../definitions/definitionRows.ts';
import { InForce } from '../definitions/inForce.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { atRevision, fromNewest, untilCurrent } from '../definitions/newest.ts';
import { opened, type RegistryOptions } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import { type By, parseGiven, problemsOf } from '../definitions/written.ts';
import { followEvent, nextVersion } from './followEvent.ts';
import { knownModel, type RecordedModel } from './knownModel.ts';
import type { Declared, ModelRegistry, ModelWritten, NewVersion } from './modelRegistry.ts';
import { servedVersion } from './servedVersion.ts';
import { whyNotServed } from './whyNotServed.ts';

/** A model always serves: it is never over. */
const recordKind = {
  stateOf: (): DefinitionState => 'running',
  // The first event makes the online learner serve by itself, as it does where the log says nothing.
  isIdle: ({ revision }: ModelRecord) => revision === 1,
};

/** @throws EngineError SINK_UNAVAILABLE */
export function openModelRegistry(options: RegistryOptions<ModelRecord>): Promise<ModelRegistry> {
  return opened(createModelRegistry(options));
}

/** Knows nothing until it has looked for the first time. */
export function createModelRegistry({
  store,
  announce,
  say,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: RegistryOptions<ModelRecord>): ModelRegistry {
  const told = createTellOnce(say);
  const tell = (sentence: string) => told.tell(sentence, sentence);
  const inForce = new InForce<ModelRecord>({ announce, kind: recordKind, told, clock });
  const book = new DefinitionBook<RecordedModel>({
    ...{ store, kind: 'model', tell, clock, settleMs },
    known: (rows) => knownModel(rows, tell),
    onRead: (known) => inForce.take(known),
  });
  const look = async () => {
    await book.look(await readHeads(store));
    await inForce.announceNew();
  };
  const { alone, close } = keepLooking({
    look,
    everyMs: pollMs,
    onLooked: tellLooks(told, 'Models'),
  });

  /** @param before what the event was made from; undefined of the first */
  async function write<Made = undefined>(
    name: string,
    before: RecordedModel | undefined,
    event: ModelEvent,
    by: By,
    made?: Made,
  ): Promise<ModelWritten<Made>> {
    const parsed = parseGiven(ModelEvent, event);
    if (parsed.outcome === 'malformed') {
      const sentences = problemsOf(parsed).map(({ sentence }) => sentence);
      return { outcome: 'refused', sentence: sentences.join('; ') };
    }
    const revision = (before?.head.revision ?? 0) + 1;
    const followed = followEvent(before, parsed.value, { revision, at: clock(), ...by });
    if ('sentence' in followed) return { outcome: 'refused', sentence: followed.sentence };
    const isOurs = await book.write(name, revision, parsed.value, by);
    if (!isOurs) return { outcome: 'stale', revision: book.get(name)?.head.revision ?? revision };
    if (followed.servedRevision === revision) await inForce.announceMade(name);
    return { outcome: 'written', revision, made: made as Made };
  }

  /** What is decided on one state, whatever that is by now. */
  async function fromAny<Made = undefined>(
    name: string,
    attempt: (before: RecordedModel) => Promise<ModelWritten<Made>>,
  ): Promise<ModelWritten<Made>> {
    const written = await fromNewest(book, look, name, attempt);
    return written.outcome === 'unknown' ? { outcome: 'absent' } : written;
  }

  /** What was decided on a revision. */
  async function fromRevision(
    name: string,
    revision: number,
    event: ModelEvent,
    by: By,
  ): Promise<ModelWritten> {
    await look();
    const newest = atRevision(book, name, revision);
    if (newest.outcome === 'newest') return write(name, newest.known, event, by);
    return newest.outcome === 'stale' ? newest : { outcome: 'absent' };
  }

  function declare(declared: Declared, by: By): Promise<ModelWritten> {
    const { model, pipeline, version } = declared;
    return untilCurrent(look, async (): Promise<ModelWritten> => {
      const before = book.get(model);
      const features = [...declared.features];
      const isKnown =
        before?.featureVersion === version &&
        before.pipeline === pipeline &&
        before.task === declared.task &&
        same(before.features, features);
      if (isKnown) {
        return { outcome: 'written', revision: before.head.revision, made: undefined };
      }
      return write(model, before, { kind: 'declared', ...declared, features }, by);
    });
  }

  function register(version: NewVersion, by: By): Promise<ModelWritten<ModelVersion>> {
    return fromAny(version.model, async (before): Promise<ModelWritten<ModelVersion>> => {
      const first = before.versions.find(
        ({ version: { run } }) => run !== null && run === version.run,
      );
      if (first !== undefined) {
        return { outcome: 'written', revision: before.head.revision, made: first.version };
      }
      const made: ModelVersion = {
        ...version,
        version: nextVersion(before),
        parent: before.serving.champion.version,
        task: before.task,
        features: [...before.features],
      };
      return write(version.model, before, { kind: 'registered', version: made }, by, made);
    });
  }

  function rollback(model: string, version: string, by: By): Promise<ModelWritten> {
    return fromAny(model, async (before): Promise<ModelWritten> => {
      const refused = whyNotServed(before, version);
      if (refused !== undefined) return { outcome: 'refused', ...refused };
      const known = before.versions.find((each) => each.version.version === version)!;
      const champion = servedVersion(known.version);
      const shadows = before.serving.shadows.filter((each) => each.version !== version);
      const serving = { champion, release: null, shadows };
      return write(model, before, { kind: 'served', serving }, by);
    });
  }

  return {
    models: () => book.all(),
    model: (name) => book.get(name),
    inForce: (name) => inForce.get(name),
    declare: (declared, by) => alone(() => declare(declared, by)),
    register: (version, by) => alone(() => register(version, by)),
    release: (model, step, revision, by) =>
      alone(() => fromRevision(model, revision, { kind: 'released', ...step }, by)),
    rollback: (model, version, by) => alone(() => rollback(model, version, by)),
    plan: (model, plan, revision, by) =>
      alone(() => fromRevision(model, revision, { kind: 'planned', plan }, by)),
    remove: (model, version, by) =>
      alone(() =>
        fromAny(model, (before) => write(model, before, { kind: 'removed', version }, by)),
      ),
    refresh: () => alone(look),
    announceAgain: () => inForce.announceAgain(book.all()),
    close,
  };
}
