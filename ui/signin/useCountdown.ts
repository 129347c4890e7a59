/** Seconds that are left, by a clock that nobody sets: an hour off it counts the same. */
import { useEffect, useState } from 'react';

/** @returns seconds left, and how to begin */
export function useCountdown(): readonly [number, (seconds: number) => void] {
  const [endsAt, setEndsAt] = useState<number>();
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (endsAt === undefined) return;
    const count = () => {
      const rest = Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000));
      setLeft(rest);
      if (rest === 0) setEndsAt(undefined);
    };
    count();
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [endsAt]);
  const begin = (seconds: number) => {
    setLeft(seconds);
    setEndsAt(performance.now() + seconds * 1_000);
  };
  return [left, begin];
}

/** "45 s", "2 min 5 s" */
export function waitWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
