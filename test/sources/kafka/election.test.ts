/** An election on a real broker: one is chosen, and another when that one leaves or dies. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Candidate, standForElection } from '../../../sources/kafka/election.ts';
import { loadKafka } from '../../../sources/kafka/loadKafka.ts';
import { eventually } from '../../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../../support/kafkaJars.ts';

const sessionMs = 3_000;
const places = { topic: 'events-control', group: 'millrace-control' };
const compiled = fileURLToPath(new URL('../../../dist/sources/kafka', import.meta.url));

/** Says each change of its own, in a process that can be killed. */
const script = `
  const { standForElection } = await import('${compiled}/election.js');
  const { loadKafka } = await import('${compiled}/loadKafka.js');
  await standForElection({
    ...JSON.parse(process.argv[1]),
    library: loadKafka(),
    onElected: () => console.log('elected'),
    onDeposed: () => console.log('deposed'),
    onProblem: () => {},
  });
`;

describe.skipIf(whatKafkaLacks() !== '')('an election', () => {
  let broker: KafkaBroker;
  let child: ChildProcess | undefined;
  const candidates: Candidate[] = [];

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'election' });
  }, 60_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    await Promise.all(candidates.map((candidate) => candidate.close()));
    await broker?.close();
  }, 60_000);

  const settings = () => ({
    'bootstrap.servers': broker.address,
    'session.timeout.ms': sessionMs,
    'heartbeat.interval.ms': 300,
  });
  const elected = () => candidates.filter(({ isElected }) => isElected);

  async function stand(): Promise<Candidate> {
    const candidate = await standForElection({
      ...places,
      library: loadKafka(),
      settings: settings(),
      onElected() {},
      onDeposed() {},
      onProblem() {},
    });
    candidates.push(candidate);
    return candidate;
  }

  /** Looks all the time. @param least 0 where nobody may be chosen for a while; there are never two */
  async function watch(during: Promise<unknown>, least = 0): Promise<void> {
    let over = false;
    const end = during.finally(() => {
      over = true;
    });
    while (!over) {
      expect([least, 1]).toContain(elected().length);
      await sleep(2);
    }
    await end;
  }

  test('chooses one of three, and goes on with another when that one leaves', async () => {
    await watch(Promise.all([stand(), stand(), stand()]));
    await watch(eventually(() => expect(elected()).toHaveLength(1)));
    await watch(sleep(2_000), 1); // the others come to the group, and it keeps its choice
    for (let left = 3; left > 1; left -= 1) {
      const [first] = elected();
      await watch(first!.close());
      expect(first!.isElected).toBe(false);
      await watch(eventually(() => expect(elected()).toHaveLength(1), 10_000));
    }
  }, 60_000);

  test('goes on with another within the session timeout when the chosen one is killed', async () => {
    await Promise.all(candidates.splice(0).map((candidate) => candidate.close()));
    const args = [
      '--input-type=module',
      '-e',
      script,
      JSON.stringify({ ...places, settings: settings() }),
    ];
    const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = running;
    let said = '';
    running.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await eventually(() => expect(said).toBe('elected\n'));
    await Promise.all([stand(), stand()]);
    await sleep(1_500);
    expect([said, elected().length]).toEqual(['elected\n', 0]); // a stranger does not unseat it
    running.kill('SIGKILL');
    await once(running, 'exit');
    const killedAt = performance.now();
    await watch(eventually(() => expect(elected()).toHaveLength(1)));
    expect(performance.now() - killedAt).toBeLessThan(2 * sessionMs);
  }, 60_000);
});
