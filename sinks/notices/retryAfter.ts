/** The header Retry-After, seconds or a date. Source: RFC 9110, 10.2.3. */

/**
 * @param nowMs ms since 1970
 * @returns ms from now, ≥ 0; undefined when there is none that can be read
 *
 * @example
 * retryAfterMs('120', 0); // 120000
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Dates of HTTP begin with the day of the week; what `Date` reads besides is none.
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
