/** One POST of JSON to somebody else's server, and what its answer means for the notice. */
import { NoticeProblem } from './noticeProblem.ts';
import { retryAfterMs } from './retryAfter.ts';

export interface PostOptions {
  /** Who is asked, for sentences: "The webhook of the route desk". */
  readonly who: string;
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Answers in which the 4xx says that later may do: too slow, too early, too many. */
const passing = new Set([408, 425, 429]);

/** What to do about an answer, where it says more than that it was none. */
const advice: Readonly<Record<number, string>> = {
  401: 'check the secret and the address',
  403: 'check the secret and the address',
  404: 'check the address',
  410: 'its address is no longer in use',
  413: 'it takes no body of this size',
};

/**
 * Resolves at an answer with 2xx. Redirects are not followed: nobody but the administrator says where notices go.
 *
 * @throws NoticeProblem without the address
 */
export async function postJson(options: PostOptions): Promise<void> {
  const { who, url, body, headers = {}, timeoutMs, signal } = options;
  const response = await answer(who, timeoutMs, signal, (both) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'millrace', ...headers },
      body,
      redirect: 'manual',
      signal: both,
    }),
  );
  // Its words are not read: nothing of them is needed, and they may be endless.
  await response.body?.cancel().catch(() => undefined);
  const { status } = response;
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new NoticeProblem(
      'permanent',
      `${who} answered with a redirect (${status}), which is not followed: give the address to which it leads.`,
    );
  }
  if (status >= 500 || passing.has(status)) {
    const waitMs = retryAfterMs(response.headers.get('retry-after'), Date.now());
    throw new NoticeProblem('temporary', `${who} answered ${status}: it is tried again.`, waitMs);
  }
  throw new NoticeProblem(
    'permanent',
    `${who} refused the notice (${status}): ${advice[status] ?? 'see what it expects'}.`,
  );
}

async function answer(
  who: string,
  timeoutMs: number,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Response>,
): Promise<Response> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await ask(AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    const reason = timeout.aborted ? `within ${timeoutMs / 1_000} s` : `(${codeOf(error)})`;
    throw new NoticeProblem(
      'temporary',
      `${who} did not answer ${reason}: it is tried again.`,
      undefined,
      { cause: error },
    );
  }
}

/** Of what lies beneath a failed `fetch`: its message may have the address in it, its code has not. */
function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'no connection';
}

/**
 * An address that a notice may be sent to.
 *
 * @param whose for sentences: "the route desk", "the variable SLACK_URL"
 * @param kind  of the problem: what can be mended while the notice waits is a temporary one
 * @throws NoticeProblem when it is none, or has a user in it
 */
export function expectAddress(url: string, whose: string, kind: 'temporary' | 'permanent'): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new NoticeProblem(
      kind,
      `The address of ${whose} is none: expected one with https:// or http://.`,
    );
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new NoticeProblem(
      kind,
      `The address of ${whose} has a user in it, which is not sent: name a secret instead.`,
    );
  }
}
