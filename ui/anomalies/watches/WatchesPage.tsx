/** Placeholder. */
export function WatchesPage() {
  return null;
}
