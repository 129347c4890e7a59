/** Figures as words of a sentence. */

/** At most three digits that count: 0.42, 7.5, 212, 18,400. */
export function figure(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString('en');
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return trimmed(value.toFixed(1));
  return trimmed(value.toFixed(value < 1 ? 2 : 1));
}

/** 0.019 reads "1.9 %"; what is there but small reads "under 0.1 %". */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return 'under 0.1 %';
  return `${figure(share * 100)} %`;
}

/** 90 reads "90 s", 600 "10 min", 7,200 "2 h". */
export function duration(seconds: number): string {
  if (seconds < 120) return `${seconds < 10 ? trimmed(seconds.toFixed(1)) : Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A sentence begins with a capital and ends with one full stop, whoever wrote it. */
export function sentence(text: string): string {
  const plain = text.trim();
  const begun = plain.charAt(0).toUpperCase() + plain.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
