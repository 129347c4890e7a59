/** Outcomes in [0, 1] without chance, on sixteenths: for golden vectors that other programs compute as well. */
export const boundedOutcomes: readonly number[] = Array.from({ length: 400 }, (_, i) =>
  i % 3 > 0 ? ((i * i + 5 * i) % 17) / 16 : ((7 * i) % 5) / 16,
);
