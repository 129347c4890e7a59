/** Minutes after midnight, as a field of time has them. */

/** @example clockText(485); // '08:05' */
export function clockText(minute: number): string {
  const within = minute % 1_440;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

/** @returns undefined when it is no time */
export function minuteOf(text: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2})/.exec(text.trim());
  if (found === null) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return hours > 23 || minutes > 59 ? undefined : hours * 60 + minutes;
}
