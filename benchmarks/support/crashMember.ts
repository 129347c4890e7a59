/** A member that kills its process at one step of a commit or of a recovery. */
import { runMember } from '../../pipelines/member.ts';

/** `STEP COUNT`, from the environment: at the how manyth time. */
const [step, after] = (process.env['MILLRACE_CRASH_AT'] ?? '').split('@');
let seen = 0;

await runMember({
  hooks: {
    onStep(at) {
      if (step === undefined || at !== step) return;
      seen += 1;
      if (seen >= Number(after)) process.kill(process.pid, 'SIGKILL');
    },
  },
});
