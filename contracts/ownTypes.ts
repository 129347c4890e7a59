/** Types of events that only the engine writes: definitions, in every partition of the log, erasures and objections, in the user's. */
import { eraseType } from './eraseRecord.ts';
import { definitionType } from './experimentRecord.ts';
import { modelType } from './modelRecord.ts';
import { objectionType } from './objection.ts';
import { policyType } from './policyRecord.ts';

/** With what to do instead of sending one. */
export const ownTypes = {
  [definitionType]: 'define experiments in the dashboard or by POST /v1/experiments',
  [policyType]: 'define policies in the dashboard or by POST /v1/policies',
  [modelType]: 'release versions in the dashboard or by POST /v1/models/:model/…',
  [eraseType]: 'erase a user by DELETE /v1/users/:id',
  [objectionType]: 'tell an objection by PUT /v1/users/:id/objection',
} as const;

export const ownTypeNames: readonly string[] = Object.keys(ownTypes);
