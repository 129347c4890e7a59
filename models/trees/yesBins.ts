/** Where a split sends the bins of its feature. */
import type { FeatureBins } from './featureBins.ts';
import type { Split } from './split.ts';

/** Which bins of a feature a split sends to `yes`, as ones. */
export function yesBins({ missing }: FeatureBins, split: Split): Uint8Array {
  const bins = new Uint8Array(256);
  if (split.bin < 0) for (const bin of split.members) bins[bin] = 1;
  else bins.fill(1, 0, split.bin + 1);
  // Of a feature that never was missing in training, a byte of 255 stands for a missing value.
  bins[missing >= 0 ? missing : 255] = split.missingYes ? 1 : 0;
  return bins;
}
