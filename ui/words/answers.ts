/** When the engine gives no answer, or none that explains itself. */

export const answers = {
  brokenOff: 'The engine has broken off its answer.',
  none: 'The engine does not answer.',
  unexplained: (status: number) => `The engine answered ${status} without an explanation.`,
  refused: (status: number) => `The engine answered ${status}.`,
} as const;
