/** A move that is asked for, before it is confirmed. */
import type { Move } from './queries.ts';

export type StopDecision = 'ship' | 'stop' | 'invalid' | 'none';
export type MoveAsked =
  | { readonly move: Exclude<Move, 'stop'> }
  | {
      readonly move: 'stop';
      readonly decision: StopDecision;
      /** Key of the variant to ship. */
      readonly variant: string | null;
    };
