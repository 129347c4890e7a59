/** A change that is asked for, before it is filled in and confirmed. */
import type { Change } from './changes.ts';

/** What is to be changed; what it becomes is asked where it is not said. */
export type Asked =
  | Extract<Change, { kind: 'offer' | 'control' | 'algorithm' }>
  | { readonly kind: 'cap'; readonly action: string }
  | { readonly kind: 'pin'; readonly action: string | undefined }
  | { readonly kind: 'unpin'; readonly index: number }
  | { readonly kind: 'holdout' }
  | { readonly kind: 'floor' };
