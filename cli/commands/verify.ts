/** `millrace verify`: computes a decision certificate again, by a checker that shares nothing with the engine. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Certificate, verifyCertificate } from '../verifyCertificate.ts';

export const verifyCommand = new Command('verify')
  .description('compute a decision certificate again, without the engine')
  .argument('<file>', 'certificate, JSON')
  .action((file: string) => {
    const findings = verifyCertificate(JSON.parse(readFileSync(file, 'utf8')) as Certificate);
    for (const { good, sentence } of findings) console.log(good ? ' ok  ' : ' BAD ', sentence);
    const holds = findings.every(({ good }) => good);
    console.log(`The certificate ${holds ? 'holds' : 'does not hold'}.`);
    console.log(
      'Not checked: that the log has these counts (replay it), asymptotic figures, the wording.',
    );
    if (!holds) process.exitCode = 1;
  });
