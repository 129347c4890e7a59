/** The policies that a partition knows of, as the log told it, and what is prepared from them. */
import { EngineError } from '../../contracts/errors.ts';
import { PolicyRecord } from '../../contracts/policyRecord.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { type PreparedPolicy, preparePolicy } from '../../models/decisions/preparedPolicy.ts';
import { DefinitionTable, formOf } from '../definitionTable.ts';

const form = formOf(PolicyRecord);

export type PolicyDefinitions = DefinitionTable<PolicyRecord, PreparedPolicy>;

export function policyDefinitions(tables: StateTables): PolicyDefinitions {
  return new DefinitionTable(tables.objects('policies'), {
    form,
    read: parse,
    keyOf: ({ policy }) => policy.key,
    prepare({ policy, revision }) {
      try {
        return preparePolicy(policy, revision);
      } catch (error) {
        return refuse(error instanceof Error ? error.message : String(error));
      }
    },
  });
}

function parse(json: unknown): PolicyRecord {
  const parsed = PolicyRecord.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  return refuse(`${issue.path.join('.')}: ${issue.message}`);
}

function refuse(sentence: string): never {
  throw new EngineError(
    'POLICY_INVALID',
    `the definition of a policy in the log cannot be read: ${sentence}`,
  );
}
