/**
 * Full speed, what exactly once costs, and what poison costs.
 *
 * The topic is full before members start; the time runs from the moment when all partitions are assigned to the last
 * committed marker. The cost of exactly once is the same run without state, markers and barriers; the cost of poison the
 * same run over a topic in which one record of a hundred is cut in half. Runs are made in turn, so that what else the machine
 * does falls on all alike.
 */
import { deadLetterTopicOf, letterHeaders } from '../../pipelines/deadLetterTopic.ts';
import type { KafkaBroker } from '../../test/support/kafkaBroker.ts';
import { readTopic } from '../../test/support/kafkaRead.ts';
import { quantile } from '../support/quantile.ts';
import { drain, exactMember, looseMember } from './drain.ts';
import { fillWithCampus } from './fill.ts';

export interface Speed {
  readonly events: number;
  readonly events_per_s: number;
  readonly events_per_s_one_process: number;
  readonly events_per_s_two_processes: number;
  readonly scaling: number;
  readonly exactly_once_overhead: number;
  /** Share of the rate that is lost where one record of a hundred is poison. */
  readonly poison_overhead: number;
  readonly poison: number;
  /** Poison records that the dead-letter topic lacks. */
  readonly poison_missing: number;
}

const poisonEvery = 100;

export async function speed(broker: KafkaBroker, count: number, rounds: number): Promise<Speed> {
  const clean = await fillWithCampus(broker, 'speed', count);
  const poisoned = await fillWithCampus(broker, 'poison', count, poisonEvery);
  const rates: { exact: number; loose: number; two: number; poison: number }[] = [];
  for (let i = 0; i < rounds; i += 1) {
    rates.push({
      exact: await drain(broker, clean, 1, exactMember),
      poison: await drain(broker, poisoned, 1, exactMember),
      loose: await drain(broker, clean, 1, looseMember),
      two: await drain(broker, clean, 2, exactMember),
    });
  }
  const median = (of: (rate: (typeof rates)[number]) => number) => quantile(rates.map(of), 0.5);
  const one = median(({ exact }) => exact);
  const two = median((rate) => rate.two);
  const missing = await missingLetters(broker, poisoned.topic, poisoned.poison);
  return {
    events: clean.total,
    events_per_s: Math.max(one, two),
    events_per_s_one_process: one,
    events_per_s_two_processes: two,
    scaling: median((rate) => rate.two / rate.exact),
    exactly_once_overhead: median(({ exact, loose }) => 1 - exact / loose),
    poison_overhead: median(({ exact, poison }) => 1 - poison / exact),
    poison: poisoned.poison.size,
    poison_missing: missing,
  };
}

/** How many of the positions have no letter in the dead-letter topic. */
async function missingLetters(
  broker: KafkaBroker,
  topic: string,
  positions: ReadonlySet<string>,
): Promise<number> {
  const found = new Set<string>();
  for (const { headers = [] } of await readTopic(broker.address, deadLetterTopicOf(topic))) {
    const named = Object.assign({}, ...headers) as Record<string, Buffer>;
    found.add(`${named[letterHeaders.partition]}:${named[letterHeaders.offset]}`);
  }
  return [...positions].filter((position) => !found.has(position)).length;
}
