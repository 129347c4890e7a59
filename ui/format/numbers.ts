/** Figures as people read them: short, with their unit, and a dash where there is none yet. */

export const missing = '–';
const space = '\u00a0';

/** What a figure is, which decides how it is written. */
export type FigureKind =
  | 'count'
  | 'rate'
  | 'ratio'
  | 'share'
  | 'durationMs'
  | 'value'
  | 'time'
  /** A day, by its start in UTC. */
  | 'date'
  /** Difference of two shares. */
  | 'points'
  /** Difference of two values. */
  | 'change'
  /** Difference as a part of what it differs from. */
  | 'relative'
  /** Natural logarithm of an e-value. */
  | 'evidence'
  /** Days since a start. */
  | 'day';

/** Up to `digits` decimals, without trailing zeros, with a true minus sign. */
function trimmed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return (short === '-0' ? '0' : short).replace('-', '\u2212');
}

function grouped(value: number): string {
  return trimmed(value, 0).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** 950 · 9 876 · 12.3 k · 1.2 M · 3.4 bn */
export function formatCount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (size < 1_000) return trimmed(value, size < 10 ? 1 : 0);
  if (size < 9_999.5) return grouped(value);
  if (size < 999_950) return `${trimmed(value / 1e3, 1)}${space}k`;
  if (size < 999_950_000) return `${trimmed(value / 1e6, 1)}${space}M`;
  return `${trimmed(value / 1e9, 1)}${space}bn`;
}

/** Every digit, for tables of offsets: 1 234 567. */
export function formatWhole(value: number | null): string {
  return value === null || !Number.isFinite(value) ? missing : grouped(value);
}

/** 212/s */
export function formatRate(value: number | null): string {
  return value === null || !Number.isFinite(value) ? missing : `${formatCount(value)}/s`;
}

/** Three decimals always, so that columns line up: 0.741. */
export function formatRatio(value: number | null): string {
  return value === null || !Number.isFinite(value)
    ? missing
    : value.toFixed(3).replace('-', '\u2212');
}

/** A share in [0, 1] as per cent: 1.9 %. Small but not zero is said so. */
export function formatShare(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  if (value > 0 && value < 0.0005) return `<${space}0.1${space}%`;
  return `${trimmed(value * 100, value < 0.1 ? 1 : 0)}${space}%`;
}

/** 0.42 ms · 250 ms · 3.4 s · 12 min · 5.2 h · 3 days */
export function formatDuration(valueMs: number | null): string {
  if (valueMs === null || !Number.isFinite(valueMs)) return missing;
  const size = Math.abs(valueMs);
  if (size < 1) return `${trimmed(valueMs, 2)}${space}ms`;
  if (size < 10) return `${trimmed(valueMs, 1)}${space}ms`;
  if (size < 999.5) return `${trimmed(valueMs, 0)}${space}ms`;
  if (size < 9_950) return `${trimmed(valueMs / 1e3, 1)}${space}s`;
  if (size < 59_500) return `${trimmed(valueMs / 1e3, 0)}${space}s`;
  if (size < 3_570_000) return `${trimmed(valueMs / 60e3, size < 600e3 ? 1 : 0)}${space}min`;
  if (size < 129_600_000) return `${trimmed(valueMs / 3600e3, 1)}${space}h`;
  return `${trimmed(valueMs / 86_400e3, 1)}${space}days`;
}

/** A figure of unknown unit: four significant digits. */
export function formatValue(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (size >= 9_999.5) return formatCount(value);
  if (size >= 1_000) return grouped(value);
  if (size > 0 && size < 0.001) return value.toExponential(1).replace(/-/g, '\u2212');
  return trimmed(value, size < 1 ? 3 : size < 100 ? 2 : 1);
}

/** A change with its sign: +0.012, −3.4, ±0. */
export function formatChange(value: number, format: (value: number) => string): string {
  const text = format(Math.abs(value));
  if (text === format(0)) return `±${format(0)}`;
  return `${value > 0 ? '+' : '\u2212'}${text}`;
}

/** A difference of two shares, in percentage points: +2.1 points. */
export function formatPoints(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  return `${formatChange(value * 100, formatValue)}${space}points`;
}

/** A change as a part of what was there before: +4.2 %. */
export function formatRelative(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const digits = Math.abs(value) < 0.1 ? 1 : 0;
  return `${formatChange(value * 100, (size) => trimmed(size, digits))}${space}%`;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** An e-value of which the natural logarithm is given: 0.3 · 340 · 12 000 · 10⁹. */
export function formatEvidence(lnE: number | null): string {
  if (lnE === null || !Number.isFinite(lnE)) return missing;
  const exponent = lnE / Math.LN10;
  if (exponent < -2) return `<${space}0.01`;
  if (exponent < 2) return trimmed(Math.exp(lnE), exponent < 0 ? 2 : exponent < 1 ? 1 : 0);
  if (exponent < 6) return grouped(Number(Math.exp(lnE).toPrecision(2)));
  // A little above, so that the power itself does not fall to the one below.
  return powerOfTen(Math.floor(exponent + 1e-9));
}

/** 10⁹, 10⁻³ */
function powerOfTen(exponent: number): string {
  const raised = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${raised.join('')}`;
}

/** The same at a tick of its axis, whose ticks are whole powers of ten. */
export function formatEvidenceTick(lnE: number): string {
  const exponent = Math.round(lnE / Math.LN10);
  return exponent < -2 || exponent > 4 ? powerOfTen(exponent) : formatEvidence(lnE);
}

/** Day 12. */
export function formatDay(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  return `Day${space}${trimmed(value, 1)}`;
}
