/** Shares of variants. */
import type { VariantDraft } from './draft.ts';

/** Hundredths of a per cent that add up to exactly 100. */
export function withEqualShares(variants: readonly VariantDraft[]): VariantDraft[] {
  const each = Math.floor(10_000 / variants.length);
  const more = 10_000 - each * variants.length;
  return variants.map((variant, i) => ({
    ...variant,
    weight: String((each + (i < more ? 1 : 0)) / 100),
  }));
}
