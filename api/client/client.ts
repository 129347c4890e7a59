/**
 * The client of an application, in the browser and in Node: sends events in batches, asks for decisions, reports what came of
 * them. It never throws at its user for what the network does, and it loses nothing that it can keep.
 *
 * Uses `fetch` and timers only; in a browser also `sendBeacon` when the page is left.
 */
import type { Problem } from '../../contracts/api.ts';
import type { EventInput } from '../../contracts/event.ts';
import type { PolicyDecision, PolicyQuery } from '../../contracts/policyApi.ts';
import { type Backoff, usualBackoff, waitMs } from './backoff.ts';
import { EventQueue, type KeyValueStorage } from './eventQueue.ts';
import { newId } from './newId.ts';
import { onLeaving, sendBeacon } from './onLeaving.ts';

/** What an application says; id and time are added where they are absent. */
export type ClientEvent = Omit<EventInput, 'id' | 'time'> &
  Partial<Pick<EventInput, 'id' | 'time'>>;

export type DecisionQuery = Partial<PolicyQuery> & Pick<PolicyQuery, 'policy' | 'user'>;

/** The action that the application takes when no decision comes in time, or the engine answers that there is none. */
export interface Fallback {
  readonly action: string;
  readonly payload?: unknown;
}

export interface ClientDecision extends Omit<PolicyDecision, 'revision' | 'stage'> {
  /** null: the engine did not decide. */
  readonly revision: number | null;
  readonly stage: number | null;
}

export interface ClientOptions {
  /** Of the engine: `https://…`; '' is the page's own origin. */
  readonly url: string;
  /** Sent with every request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest time that an event waits for others, ms. */
  readonly flushMs?: number;
  /** Events of one request. */
  readonly batchMax?: number;
  /** Most events that wait while the engine is out of reach. */
  readonly queueMax?: number;
  /** Where events survive a restart: `localStorage`. */
  readonly storage?: KeyValueStorage;
  readonly storageKey?: string;
  /** Longest wait for a decision before the fallback is taken, ms. */
  readonly decideMs?: number;
  /** Longest wait for an answer to events, ms. */
  readonly timeoutMs?: number;
  readonly backoff?: Backoff;
  /** Told of events that the engine refused, with its reasons: the application is at fault, and they are not sent again. */
  onRefused?(refusals: readonly Refusal[]): void;
  /** Told of events that are lost, and why. @param count 0: of a loss that is only possible yet */
  onDropped?(count: number, why: string): void;
  readonly fetch?: typeof globalThis.fetch;
  /** ms since 1970. */
  readonly now?: () => number;
  /** In [0, 1). */
  readonly random?: () => number;
}

export interface Refusal {
  readonly event: unknown;
  readonly code: string;
  readonly reason: string;
}

export interface Client {
  /** Events that wait. */
  readonly waiting: number;
  /** Queues an event; it is sent with the next batch. @returns its id */
  send(event: ClientEvent): string;
  /**
   * Asks for a decision. The fallback is taken, and logged as such, when no answer comes in time, when the policy does not serve
   * (paused, stopped, a draft, unknown: 404), and when no action is left for the user (DECISION_IMPOSSIBLE); `reason` says which.
   * It is counted, not learnt from.
   *
   * @throws Error with the engine's words when it answers that the query is wrong, or that it may not be asked (any other 4xx)
   */
  decide(query: DecisionQuery, fallback: Fallback): Promise<ClientDecision>;
  /** What came of a decision. @param decision id of a chosen action */
  outcome(user: string, decision: string, value: number, more?: Partial<ClientEvent>): string;
  /** Sends what waits; resolves when it is sent, or a try has failed. */
  flush(): Promise<void>;
  /** Sends what waits, once, and ends; what could not be sent stays in the storage. */
  close(): Promise<void>;
}

/** As the door takes it, with room for what surrounds it. */
const bodyBytesMax = 1_000_000;
/** Browsers refuse beacons beyond 64 KiB in all. */
const beaconBytesMax = 60_000;

export function createClient(options: ClientOptions): Client {
  return new HttpClient(options);
}

class HttpClient implements Client {
  readonly #options: ClientOptions;
  readonly #queue: EventQueue;
  readonly #fetch: typeof globalThis.fetch;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #forget: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #failures = 0;
  /** What the door has answered, told once while it lasts. */
  #turnedAway: number | undefined;
  #isClosed = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
    this.#queue = new EventQueue({
      eventsMax: options.queueMax ?? 10_000,
      storage: options.storage,
      storageKey: options.storageKey ?? 'millrace-events',
      onDropped: (count, why) => this.#tellDropped(count, why),
    });
    this.#forget = onLeaving(() => this.#leave());
    if (this.#queue.length > 0) this.#schedule(0);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  send(event: ClientEvent): string {
    if (this.#isClosed) throw new Error('client: it is closed');
    const id = event.id ?? newId();
    this.#queue.add(JSON.stringify({ ...event, id, time: event.time ?? this.#now() }));
    const { batchMax = 100, flushMs = 1_000 } = this.#options;
    if (this.#failures > 0) {
      this.#queue.store();
      return id;
    }
    this.#schedule(this.#queue.length >= batchMax ? 0 : flushMs);
    return id;
  }

  outcome(user: string, decision: string, value: number, more: Partial<ClientEvent> = {}): string {
    return this.send({ type: 'outcome', ...more, user, decision, value });
  }

  async decide(query: DecisionQuery, fallback: Fallback): Promise<ClientDecision> {
    const { decideMs = 150 } = this.#options;
    // The id is ours, so that a request whose answer was lost is the same decision.
    const id = query.id ?? newId();
    const body = JSON.stringify({ ...query, id });
    let response: Response;
    try {
      response = await this.#post('/v1/decisions', body, decideMs);
    } catch {
      // Out of reach or too slow.
      return this.#fallBack(query, id, fallback, tooLate, true);
    }
    if (response.ok) {
      const answer = await answerOf(response);
      return answer ?? this.#fallBack(query, id, fallback, tooLate, true);
    }
    const { status } = response;
    const { code, sentence } = await problemOf(response);
    // The engine may have decided, and have failed behind that.
    if (isPassing(status)) return this.#fallBack(query, id, fallback, sentence, true);
    if (isUndecided(status, code)) return this.#fallBack(query, id, fallback, sentence, false);
    throw new Error(`decide ${query.policy}: ${sentence}`);
  }

  /** @param isDecided whether the engine may have decided all the same, and only its answer be late */
  #fallBack(
    query: DecisionQuery,
    id: string,
    { action, payload = null }: Fallback,
    reason: string,
    isDecided: boolean,
  ): ClientDecision {
    const { policy, user, attributes = {}, log = true } = query;
    const decision = `${id}:fallback`;
    if (log && !this.#isClosed) {
      const context = { policy, action, way: 'fallback', attributes };
      this.send({
        ...{ id: decision, type: 'decision', user, item: action },
        // Of a decision that was made in vain nothing is to be learnt.
        context: isDecided ? { ...context, instead: id } : context,
      });
    }
    return {
      ...{ policy, user, revision: null, stage: null, way: 'fallback', learnt: '', reason },
      chosen: [{ decision, position: 1, action, payload, probability: 1 }],
    };
  }

  flush(): Promise<void> {
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#forget();
    clearTimeout(this.#timer);
    await this.flush();
    clearTimeout(this.#timer);
    this.#queue.store();
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== undefined && delayMs > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, delayMs);
    // A process of Node may end while events wait for their batch: `close` is what sends them.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** Sends batch after batch until nothing waits or one fails. */
  async #drain(): Promise<void> {
    const { batchMax = 100, timeoutMs = 10_000, backoff = usualBackoff } = this.#options;
    while (this.#queue.length > 0) {
      const lines = this.#queue.oldest(batchMax, bodyBytesMax);
      const isTaken = await this.#sendLines(lines, timeoutMs);
      if (!isTaken) {
        this.#queue.store();
        const delay = waitMs(backoff, this.#failures, this.#random());
        this.#failures += 1;
        if (!this.#isClosed) this.#schedule(Math.max(1, delay));
        return;
      }
      this.#failures = 0;
      this.#queue.remove(lines);
    }
    this.#queue.store();
  }

  /** @returns false when it should be tried again */
  async #sendLines(lines: readonly string[], timeoutMs: number): Promise<boolean> {
    let response: Response;
    try {
      response = await this.#post('/v1/events', lines.join('\n'), timeoutMs, ndjson);
    } catch {
      return false;
    }
    const { status } = response;
    if (response.ok || isJudged(status)) {
      this.#turnedAway = undefined;
      await this.#tellRefusals(lines, response);
      return true;
    }
    const { sentence } = await problemOf(response);
    if (!isPassing(status) && this.#turnedAway !== status) {
      this.#turnedAway = status;
      const why = `the engine answers ${status}: ${sentence}; what waits is sent again`;
      this.#tellDropped(0, why);
    }
    return false;
  }

  async #tellRefusals(lines: readonly string[], response: Response): Promise<void> {
    const { onRefused } = this.#options;
    const refusals = await refusalsOf(lines, response);
    if (refusals.length > 0) heedless(() => onRefused?.(refusals));
  }

  #tellDropped(count: number, why: string): void {
    heedless(() => this.#options.onDropped?.(count, why));
  }

  #post(
    path: string,
    body: string,
    timeoutMs: number,
    type = 'application/json',
  ): Promise<Response> {
    const { url, headers = {} } = this.#options;
    return this.#fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  /**
   * The page is about to go: what fits is sent once more. It waits on all the same, because nobody hears whether it arrived, and
   * a page that is hidden may come back; what arrives twice counts once.
   */
  #leave(): void {
    this.#queue.store();
    const lines = this.#queue.oldest(10_000, beaconBytesMax);
    if (lines.length === 0) return;
    const { url, headers = {} } = this.#options;
    const body = lines.join('\n');
    if (Object.keys(headers).length === 0) {
      sendBeacon(`${url}/v1/events`, new Blob([body], { type: ndjson }));
      return;
    }
    // A beacon has no headers.
    void this.#fetch(`${url}/v1/events`, {
      ...{ method: 'POST', keepalive: true, body },
      headers: { ...headers, 'content-type': ndjson },
    }).catch(() => undefined);
  }
}

const ndjson = 'application/x-ndjson';

const tooLate = 'the engine did not answer in time';

/** The engine is well, and has no decision for this user now: the policy does not serve, or no action is left. */
function isUndecided(status: number, code: string | undefined): boolean {
  return status === 404 || (status === 422 && code === 'DECISION_IMPOSSIBLE');
}

/** The engine is busy, restarts, or something before it does. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** The engine has looked at it and will not take it, now or later. */
function isJudged(status: number): boolean {
  return status === 400 || status === 413 || status === 415 || status === 422;
}

/** An application that throws at what it is told must not stop the sending. */
function heedless(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    globalThis.console.error(error);
  }
}

/** What of the lines was refused. */
async function refusalsOf(lines: readonly string[], response: Response): Promise<Refusal[]> {
  if (!response.ok && response.status !== 422) {
    const { sentence: reason } = await problemOf(response);
    const code = `HTTP_${response.status}`;
    return lines.map((line) => ({ event: JSON.parse(line) as unknown, code, reason }));
  }
  const answer = (await response.json().catch(() => ({}))) as {
    refusals?: readonly { index: number; code: string; reason: string }[];
  };
  return (answer.refusals ?? []).map(({ index, code, reason }) => ({
    ...{ code, reason },
    event: JSON.parse(lines[index] ?? 'null') as unknown,
  }));
}

async function answerOf(response: Response): Promise<PolicyDecision | undefined> {
  try {
    return (await response.json()) as PolicyDecision;
  } catch {
    return undefined;
  }
}

/** Reads the answer in any case: the connection is held until it is read. */
async function problemOf(
  response: Response,
): Promise<{ readonly code: string | undefined; readonly sentence: string }> {
  const problem = ((await response.json().catch(() => null)) ?? {}) as Partial<Problem>;
  const sentence = problem.detail ?? problem.title ?? `HTTP ${response.status}`;
  return { code: problem.code, sentence };
}
