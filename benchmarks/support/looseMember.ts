/** A member that gives up exactly once: outputs only, neither state nor marker, and no barrier. What is left is the work itself. */
import { insertingStore } from '../../pipelines/insertingStore.ts';
import { runMember } from '../../pipelines/member.ts';

await runMember({
  wrap: (store) => ({
    ...insertingStore(store, async (table, rows) => {
      if (table !== 'state') await store.insert(table, rows);
    }),
    barrier: async () => {},
  }),
});
