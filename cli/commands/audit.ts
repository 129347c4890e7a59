/** `millrace audit`: who did what, and whether the record of it is whole. */
import { Command } from 'commander';
import { auditListCommand } from './auditList.ts';
import { auditVerifyCommand } from './auditVerify.ts';

export const auditCommand = new Command('audit')
  .description('show who did what, or check that the record of it is whole')
  .addCommand(auditListCommand)
  .addCommand(auditVerifyCommand);
