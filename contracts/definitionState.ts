/** The life of a definition, an experiment or a policy. Without schemas: pages that only show need no more. */
export const definitionStates = ['draft', 'running', 'paused', 'stopped', 'archived'] as const;
export type DefinitionState = (typeof definitionStates)[number];

/** Whether it assigns or decides, or will again: what is learnt by it must keep its meaning. */
export function isLive({ state }: { readonly state: DefinitionState }): boolean {
  return state === 'running' || state === 'paused';
}
