/** A member that gives up exactly once: outputs only, neither state nor marker, and no barrier. What is left is the work itself. */
import { runMember } from '../../pipelines/member.ts';

await runMember({
  wrap: (store) => ({
    query: store.query,
    readBinary: store.readBinary,
    command: store.command,
    barrier: async () => {},
    async insert(table, rows) {
      if (table !== 'state') await store.insert(table, rows);
    },
  }),
});
