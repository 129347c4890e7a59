#!/usr/bin/env node
/** The command line `millrace`: one file a command. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { EngineError, errors } from '../contracts/errors.ts';
import { accountCommand } from './commands/account.ts';
import { auditCommand } from './commands/audit.ts';
import { dlqCommand } from './commands/dlq.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluatePolicyCommand } from './commands/evaluatePolicy.ts';
import { experimentCommand } from './commands/experiment.ts';
import { exportTrainingSetCommand } from './commands/exportTrainingSet.ts';
import { importModelCommand } from './commands/importModel.ts';
import { keyCommand } from './commands/key.ts';
import { migrateCommand } from './commands/migrate.ts';
import { modelsCommand } from './commands/models.ts';
import { placesCommand } from './commands/places.ts';
import { pseudonymCommand } from './commands/pseudonym.ts';
import { releaseCommand } from './commands/release.ts';
import { replayCommand } from './commands/replay.ts';
import { retrainCommand } from './commands/retrain.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { simulateCommand } from './commands/simulate.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { verifyCommand } from './commands/verify.ts';
import { Declined } from './declined.ts';
import { printable } from './printable.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

const program = new Command('millrace')
  .description('A stream of interactions in; systems that learn from it out.')
  .version(version)
  .showHelpAfterError('(add --help for the options)')
  .addCommand(startCommand)
  .addCommand(replayCommand)
  .addCommand(simulateCommand)
  .addCommand(statusCommand)
  .addCommand(dlqCommand)
  .addCommand(auditCommand)
  .addCommand(doctorCommand)
  .addCommand(migrateCommand)
  .addCommand(accountCommand)
  .addCommand(keyCommand)
  .addCommand(placesCommand)
  .addCommand(pseudonymCommand)
  .addCommand(experimentCommand)
  .addCommand(verifyCommand)
  .addCommand(evaluatePolicyCommand)
  .addCommand(exportTrainingSetCommand)
  .addCommand(importModelCommand)
  .addCommand(modelsCommand)
  .addCommand(releaseCommand)
  .addCommand(rollbackCommand)
  .addCommand(retrainCommand);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Declined) {
    console.error(`millrace: ${printable(error.message)}\n  ${error.code}: ${error.title}`);
  } else if (error instanceof EngineError) {
    console.error(`millrace: ${error.message}\n  ${error.code}: ${errors[error.code].means}`);
  } else {
    console.error(error);
  }
  process.exit(1);
}
