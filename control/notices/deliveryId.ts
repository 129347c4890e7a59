/** Ids of deliveries, made from what is told where: so they are the same at each try, after a restart as well. */
import { createHash } from 'node:crypto';

/**
 * @param what "firing", "resolved" or "summary"
 * @returns 32 hexadecimal digits
 *
 * @example
 * deliveryId('a1', 'desk', 'firing'); // '851f1fab22f57e3c3f07ad26d220212e'
 */
export function deliveryId(alert: string, route: string, what: string): string {
  return createHash('sha256')
    .update(JSON.stringify([alert, route, what]))
    .digest('hex')
    .slice(0, 32);
}
