/** `millrace experiment`: what can be done with experiments beside the running engine. */
import { Command } from 'commander';
import { experimentReplayCommand } from './experimentReplay.ts';

export const experimentCommand = new Command('experiment')
  .description('look at results of experiments beside the engine')
  .addCommand(experimentReplayCommand);
