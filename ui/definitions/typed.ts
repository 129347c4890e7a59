/** What is typed into fields, and what it means. */

/** "2.5" and "2,5"; undefined for what is no number. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  const number = Number(trimmed);
  return trimmed === '' || !Number.isFinite(number) ? undefined : number;
}

/** 0.25 → "25"; with enough digits that it is the same share again. */
export function percentText(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}

/** "Hints before answers" → hints-before-answers */
export function keyFrom(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
}
