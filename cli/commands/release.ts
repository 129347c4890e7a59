/** `millrace release`: begins the release of a version, and says how the one under way goes on. */
import { Command } from 'commander';
import { releaseMoves } from '../../contracts/release.ts';
import { releaseMoveCommand } from './releaseMove.ts';
import { releaseStartCommand } from './releaseStart.ts';

export const releaseCommand = new Command('release')
  .description('begin, pause, resume, abort or approve the release of a version')
  .addCommand(releaseStartCommand)
  .addHelpText(
    'after',
    '\nWhere it stands: millrace models show answer\nExample: millrace release start answer 1.4 --reason "passed its gates"',
  );
for (const move of releaseMoves) releaseCommand.addCommand(releaseMoveCommand(move));
