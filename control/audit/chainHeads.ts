/** The ends of chains that a new chain has to name. */
import type { AuditEntry } from '../../contracts/auditApi.ts';
import type { Reader } from '../statement.ts';
import { beginAct, type ChainHead, headsNamedBy } from './auditChain.ts';

/**
 * Heads that no chain names as they are: what began before is tied by what these name. So each end is named once, however often
 * the engine is started.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function unnamedHeads(reader: Reader): Promise<ChainHead[]> {
  const heads = await reader.query<ChainHead>(
    `SELECT chain, max(entry.number) AS number, argMax(entry.hash, entry.number) AS hash
     FROM audit AS entry GROUP BY chain ORDER BY chain`,
  );
  const firsts = await reader.query<Pick<AuditEntry, 'reason'>>(
    'SELECT reason FROM audit WHERE number = 0 AND act = {act:String}',
    { act: beginAct },
  );
  const named = new Set(
    firsts.flatMap(({ reason }) =>
      headsNamedBy({ number: 0, act: beginAct, reason } as AuditEntry).map(({ hash }) => hash),
    ),
  );
  return heads.filter(({ hash }) => !named.has(hash));
}
