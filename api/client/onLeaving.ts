/** When a page is left: the last moment at which anything can be sent. In Node: never. */

interface Page {
  readonly visibilityState: string;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

interface Browser {
  readonly document?: Page;
  readonly navigator?: { sendBeacon?(url: string, body: Blob): boolean };
}

const browser = globalThis as Browser;

/** Sends without waiting for an answer. @returns false when the browser takes no more */
export function sendBeacon(url: string, body: Blob): boolean {
  return browser.navigator?.sendBeacon?.(url, body) ?? false;
}

/**
 * Calls `act` when the page is hidden, which on telephones is often the last that a page hears.
 *
 * @returns stops that
 */
export function onLeaving(act: () => void): () => void {
  const { document } = browser;
  if (document === undefined) return () => undefined;
  const listener = () => {
    if (document.visibilityState === 'hidden') act();
  };
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
