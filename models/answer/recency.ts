/**
 * How long ago something happened, on a logarithmic scale: forgetting is fast first and slow later.
 *
 * Source: the power law of forgetting, Wixted & Carpenter 2007.
 *
 * @param last time it last happened, ms; 0 when it never did
 * @param time now, ms of event time
 * @returns ln(1 + seconds); 0 when it never happened or lies ahead
 */
export function recency(last: number, time: number): number {
  return last > 0 && time > last ? Math.log1p((time - last) / 1000) : 0;
}
