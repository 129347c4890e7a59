/** A watch that is made from a terminal: of the events that every engine with data has. */
import type { WatchInput } from '../../contracts/watch.ts';

const watch: WatchInput = {
  key: 'answered-events',
  name: 'Answered events',
  lane: 'ingest',
  severity: 'high',
  source: { kind: 'metric', metric: 'answered', figure: 'count' },
  judgement: { kind: 'usual', direction: 'fall' },
};

/** @param origin address of the engine */
export function exampleCommand(origin: string): string {
  const body = { definition: watch, revision: 0, reason: 'To hear when answers stop' };
  return `curl -X PUT ${origin}/v1/watches/${watch.key} -H 'content-type: application/json' \\\n  -d '${JSON.stringify(body, null, 2)}'`;
}
