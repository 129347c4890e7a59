/** Shares that were chosen, not measured: with the digits that they have. */

/** 0.5 → 50 %, 0.3333 → 33.33 % */
export function formatLevelShare(share: number): string {
  return `${Number((share * 100).toFixed(4))}\u00a0%`;
}
