/** Which versions of Node.js the engine and its build run on: those that Vite 8 supports. */

/** As a sentence's part. */
export const nodeVersionsNeeded = '20.19 or newer of the 20 line, or 22.12 or newer';

/** @param version such as `22.12.0` */
export function nodeVersionFits(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}
