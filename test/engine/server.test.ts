/** The engine on a ClickHouse server by https: its workers too reach it, and it leaves what the embedded one leaves. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { startTrial, type Trial } from '../sinks/temporary.ts';
import { campusBodies } from '../support/campusBodies.ts';
import { type Certificates, hasOpenssl, makeCertificates, read } from '../support/certificates.ts';
import {
  removeDirectory,
  startTestEngine,
  temporaryDirectory,
  undisturbed,
} from '../support/engine.ts';
import { isRequired } from '../support/isRequired.ts';
import { sendUntilAcknowledged } from '../support/producer.ts';
import { startTlsProxy, type TlsProxy } from '../support/tlsProxy.ts';

describe.skipIf(!hasOpenssl && !isRequired('https'))(
  'an engine on a server by https (needs the program openssl)',
  () => {
    const data = temporaryDirectory();
    let trial: Trial;
    let made: Certificates;
    let proxy: TlsProxy;
    beforeAll(async () => {
      trial = await startTrial();
      made = makeCertificates();
      proxy = await startTlsProxy({ ...read(made.server), target: trial.clickhouse });
    });
    afterAll(async () => {
      await proxy.close();
      await trial.end();
      made.remove();
      removeDirectory(data);
    });

    test('goes on after a stop where it was, row by row', async () => {
      const settings = {
        clickhouseUrl: proxy.url,
        clickhouseUser: trial.clickhouse.username,
        clickhousePassword: trial.clickhouse.password,
        clickhouseCa: made.authority,
      };
      const bodies = campusBodies(12, 50);
      for (const part of [bodies.slice(0, 5), bodies.slice(5)]) {
        const { engine, url, settle, stop } = await startTestEngine(data, settings);
        try {
          expect(engine.clickhousePid()).toBeUndefined();
          for (const body of part) await sendUntilAcknowledged(url, body);
          await settle();
          if (part.length === 5) continue;
          const found = await readContents(engine.store);
          expect(found.get('events')!.size).toBeGreaterThan(100);
          expect(describeDifferences(found, await undisturbed(data))).toEqual([]);
        } finally {
          await stop();
        }
      }
    });
  },
);
