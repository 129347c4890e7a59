/** `millrace dlq`: the dead letters of a running engine. */
import { Command } from 'commander';
import { dlqListCommand } from './dlqList.ts';
import { dlqReplayCommand } from './dlqReplay.ts';

export const dlqCommand = new Command('dlq')
  .description('show refused events, or send them in again')
  .addCommand(dlqListCommand)
  .addCommand(dlqReplayCommand);
