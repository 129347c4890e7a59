/**
 * The cookie of a session. A browser sends it to the engine's own pages alone (`SameSite=Strict`), and no script reads it
 * (`HttpOnly`). Over https it has the prefix `__Host-`, by which a browser takes it from this host alone.
 *
 * Its age is told in seconds, not as a date: a browser whose clock is off keeps it as long.
 */

const plainName = 'millrace';
const secureName = '__Host-millrace';

/** What the cookie holds; undefined: there is none. */
export function sessionCookie(header: string | undefined, isSecure: boolean): string | undefined {
  if (header === undefined) return undefined;
  const name = isSecure ? secureName : plainName;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** @param seconds 0: it is taken away */
export function setSessionCookie(token: string, seconds: number, isSecure: boolean): string {
  const name = isSecure ? secureName : plainName;
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}
