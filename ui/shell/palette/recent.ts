/** What was opened last by the palette: kept in this browser. */

const storageKey = 'millrace-recent';
const recentMax = 5;

/** Ids, the newest first. */
export function readRecent(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    // Storage is switched off, or somebody else wrote there.
    return [];
  }
}

export function remember(id: string): void {
  const ids = [id, ...readRecent().filter((each) => each !== id)].slice(0, recentMax);
  try {
    localStorage.setItem(storageKey, JSON.stringify(ids));
  } catch {
    // It is found by its name all the same.
  }
}
