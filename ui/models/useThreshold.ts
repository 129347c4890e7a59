/** Where the slider stands: at once on the page, and in the address when it rests. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useView } from '../data/useView.ts';

export interface Threshold {
  readonly chosen: number;
  /** That of the monitor. */
  readonly usual: number;
  choose(threshold: number): void;
}

/** Browsers refuse addresses that change more often than that, ms. */
const restMs = 250;

export function useThreshold(usual: number): Threshold {
  const { search, change } = useView();
  const [moving, setMoving] = useState<number>();
  const settle = useDebouncedCallback((threshold: number) => {
    change({ threshold: threshold === usual ? undefined : threshold });
    setMoving(undefined);
  }, restMs);
  return {
    chosen: moving ?? search.threshold ?? usual,
    usual,
    choose(threshold) {
      setMoving(threshold);
      settle(threshold);
    },
  };
}
