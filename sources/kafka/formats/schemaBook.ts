/**
 * The schemas of a registry as far as they are known here: asked for once, kept for good, because an id never changes its
 * meaning.
 *
 * A registry that does not answer is asked until it does: that says nothing about a record. Only its own word that there is
 * no such schema is taken for an answer, and only when it says so twice: a replica may be a moment behind the one that took
 * the schema. Even then it is asked again some seconds later.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '../../decode/problem.ts';
import {
  isAbsent,
  isOfRegistry,
  type RegistryPlace,
  registryClient,
  registryProblem,
} from './registryClient.ts';
import type { RegistryClient, RegistryLibrary, SchemaInfo } from './registryLibrary.ts';
import {
  avroReader,
  jsonReader,
  protobufReader,
  readingRule,
  type ValueReader,
} from './valueReader.ts';

/** As a frame names it: a number, or 16 bytes in hexadecimal. */
export type SchemaKey = number | string;

/** How values are read, or why none can be. */
export type KnownSchema = { readonly read: ValueReader } | { readonly refusal: Problem };

export interface SchemaBookOptions {
  readonly library: RegistryLibrary;
  readonly place: RegistryPlace;
  /** Of the values. A registry with several contexts looks in that of its subject first. */
  readonly topic: string;
  /** Told when the registry begins to fail, and when it fails otherwise. */
  onProblem(problem: string): void;
}

/** Pauses between attempts, ms. */
const retryMs = [100, 500, 1_000, 2_000, 5_000];
/** Pause before an unknown schema is asked for again, ms. */
const confirmMs = 1_000;
/** How long a schema counts as unknown, ms, and how many are remembered. */
const absentMs = 10_000;
const absentMax = 10_000;

export class SchemaBook {
  readonly #options: SchemaBookOptions;
  /** Gives schemas as they were registered. */
  readonly #plain: RegistryClient;
  /** Gives those of Protobuf as the library takes them. */
  readonly #serialized: RegistryClient;
  readonly #known = new Map<SchemaKey, KnownSchema>();
  readonly #absent = new Map<SchemaKey, { readonly schema: KnownSchema; readonly until: number }>();
  readonly #asking = new Map<SchemaKey, Promise<boolean>>();
  readonly #closing = new AbortController();
  #problem: string | undefined;

  constructor(options: SchemaBookOptions) {
    this.#options = options;
    const { library, place } = options;
    // One for each schema that is asked for.
    setMaxListeners(0, this.#closing.signal);
    this.#plain = registryClient(library, place);
    this.#serialized = registryClient(library, place, 'serialized');
  }

  /** Why the registry gives no answer at present. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** In this turn; undefined when it was not asked for yet. */
  find(key: SchemaKey): KnownSchema | undefined {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const absent = this.#absent.get(key);
    return absent !== undefined && performance.now() < absent.until ? absent.schema : undefined;
  }

  /** Resolves when `find` has an answer: to true; or when the book is closed: to false. */
  ask(key: SchemaKey): Promise<boolean> {
    if (this.find(key) !== undefined) return Promise.resolve(true);
    const asking = this.#asking.get(key);
    if (asking !== undefined) return asking;
    const started = this.#askUntilAnswered(key)
      .then(
        () => true,
        () => false,
      )
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, started);
    return started;
  }

  close(): void {
    this.#closing.abort();
  }

  /** @throws Error when the book is closed */
  async #askUntilAnswered(key: SchemaKey): Promise<void> {
    const { signal } = this.#closing;
    let isDoubted = false;
    for (let failures = 0; ; failures += 1) {
      try {
        const schema = await this.#fetch(key, isDoubted ? '' : `${this.#options.topic}-value`);
        this.#problem = undefined;
        if (schema !== undefined) {
          this.#known.set(key, schema);
          return;
        }
        if (isDoubted) {
          this.#keepAbsent(key);
          return;
        }
        isDoubted = true;
        await sleep(confirmMs, undefined, { signal });
      } catch (error) {
        signal.throwIfAborted();
        this.#tell(error);
        await sleep(retryMs[Math.min(failures, retryMs.length - 1)]!, undefined, { signal });
      }
    }
  }

  /** @returns undefined when the registry has no such schema. @throws Error when it does not answer */
  async #fetch(key: SchemaKey, subject: string): Promise<KnownSchema | undefined> {
    let info: SchemaInfo;
    try {
      info = await fetchInfo(this.#plain, key, subject);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
    try {
      return await this.#build(key, subject, info);
    } catch (error) {
      // What it builds on is gone, or it makes no sense: this will not change.
      if (isOfRegistry(error) && !isAbsent(error)) throw error;
      return { refusal: unusable(key, (error as Error).message) };
    }
  }

  async #build(key: SchemaKey, subject: string, info: SchemaInfo): Promise<KnownSchema> {
    const { library } = this.#options;
    const { schemaType: kind = 'AVRO' } = info;
    const rule = readingRule(info);
    if (rule !== undefined) {
      return {
        refusal: unusable(key, `values are to be changed by its rule ${rule.name} (${rule.type})`),
      };
    }
    if (kind === 'AVRO') return { read: await avroReader(library, this.#plain, info) };
    if (kind === 'JSON') return { read: jsonReader };
    if (kind === 'PROTOBUF') {
      const serialized = await fetchInfo(this.#serialized, key, subject);
      return { read: await protobufReader(library, this.#serialized, serialized) };
    }
    return { refusal: unusable(key, `its type is ${kind}`) };
  }

  #keepAbsent(key: SchemaKey): void {
    if (this.#absent.size >= absentMax) this.#absent.clear();
    const reason = `value: expected a schema that the registry has, got the id ${nameOf(key)}`;
    this.#absent.set(key, {
      schema: { refusal: problem('EVENT_SCHEMA_UNKNOWN', reason) },
      until: performance.now() + absentMs,
    });
  }

  #tell(error: unknown): void {
    const told = `REGISTRY_UNAVAILABLE: ${registryProblem(error)}`;
    if (told !== this.#problem) this.#options.onProblem(told);
    this.#problem = told;
  }
}

/** @throws what its client throws */
function fetchInfo(client: RegistryClient, key: SchemaKey, subject: string): Promise<SchemaInfo> {
  return typeof key === 'number'
    ? client.getBySubjectAndId(subject, key)
    : client.getByGuid(nameOf(key));
}

/** A GUID in the form that people know. */
export function nameOf(key: SchemaKey): string {
  if (typeof key === 'number') return `${key}`;
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function unusable(key: SchemaKey, why: string): Problem {
  const reason = `value: expected a schema that can be used, got ${nameOf(key)}: ${why}`;
  return problem('EVENT_SCHEMA_UNUSABLE', reason);
}
