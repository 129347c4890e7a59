/**
 * Which browser on which system, from what it says of itself: enough for somebody to know their own sessions, and not more, since the
 * whole text would tell one person's browser from another's.
 *
 * Browsers name those that they want to be taken for: the more particular name is looked for first.
 */

export interface BrowserName {
  /** '' where it is none that is known. */
  readonly browser: string;
  readonly system: string;
}

const browsers = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
] as const;

const systems = [
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
] as const;

/**
 * @param agent header `user-agent`
 *
 * @example
 * browserOf('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
 * // { browser: 'Firefox', system: 'Linux' }
 */
export function browserOf(agent: string | undefined): BrowserName {
  const said = (agent ?? '').slice(0, 1_000);
  const nameIn = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(said))?.[1] ?? '';
  return { browser: nameIn(browsers), system: nameIn(systems) };
}
