/** What a look for recommendations costs in processor time, of the process and of its ClickHouse: Linux, where `/proc` says it. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../cli/engine.ts';
import { lookEveryMs, type PlayedInsights } from './playInsights.ts';

const looks = 6;
/** Longer than the least time between two looks, ms. */
const pauseMs = lookEveryMs + 500;
/** Of the kernel's clock, ms: `getconf CLK_TCK` is 100 everywhere. */
const tickMs = 10;

/**
 * Processor time of a look, ms: with what nobody has asked for while nothing was looked at taken off.
 *
 * What is judged by whole days has been gathered before, as for all looks of a day but its first.
 */
export async function lookCost({ engine }: PlayedInsights): Promise<number> {
  const idle = await spent(engine, () => undefined);
  const looking = await spent(engine, () => engine.controlPlane?.advised());
  return Math.max(0, (looking - idle) / looks);
}

async function spent(engine: Engine, ring: () => void): Promise<number> {
  const before = processorMs(engine);
  for (let i = 0; i < looks; i += 1) {
    ring();
    await sleep(pauseMs);
  }
  return processorMs(engine) - before;
}

function processorMs(engine: Engine): number {
  const { user, system } = process.cpuUsage();
  const pid = engine.clickhousePid();
  if (pid === undefined) return (user + system) / 1_000;
  // Behind the name of the program, which may hold anything: state is the first, user and system time the twelfth and thirteenth.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (user + system) / 1_000 + tickMs * (Number(stat[11]) + Number(stat[12]));
}
