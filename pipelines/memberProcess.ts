/** Entry of a process of the data plane on Kafka. */
import { runMember } from './member.ts';

await runMember();
