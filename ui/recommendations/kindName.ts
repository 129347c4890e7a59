/** What a rule is called: its name in code is its words. */

/** @example kindName('calibration-slipped'); // 'Calibration slipped' */
export function kindName(kind: string): string {
  const spaced = kind.replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
