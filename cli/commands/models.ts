/** `millrace models`: the models of a running engine and their versions. */
import { Command } from 'commander';
import { modelsListCommand } from './modelsList.ts';
import { modelsShowCommand } from './modelsShow.ts';

export const modelsCommand = new Command('models')
  .description('say where models stand, and which versions there are')
  .addCommand(modelsListCommand, { isDefault: true })
  .addCommand(modelsShowCommand)
  .addHelpText('after', '\nExample: millrace models show answer');
