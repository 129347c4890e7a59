/** What has to be sent with a change so that the engine takes it from this page: asked for once, before the first change. */
import type { SessionAnswer } from '../../contracts/accessApi.ts';

/** Name of the header. */
export const csrfHeader = 'millrace-csrf';

let asked: Promise<string | null> | undefined;

/** @returns none where the engine asks for none */
export async function csrfHeaders(): Promise<Readonly<Record<string, string>>> {
  asked ??= ask();
  const token = await asked;
  return token === null ? {} : { [csrfHeader]: token };
}

/** After a refusal: another session may have begun in another tab. */
export function forgetCsrf(): void {
  asked = undefined;
}

async function ask(): Promise<string | null> {
  try {
    const response = await fetch('/v1/session', { headers: { accept: 'application/json' } });
    if (response.ok) return ((await response.json()) as SessionAnswer).csrf ?? null;
    // 404: an engine without accounts, open to whoever reaches it.
    if (response.status !== 404) forgetCsrf();
  } catch {
    forgetCsrf();
  }
  return null;
}
