/** What a look for recommendations costs in processor time, of the process and of its ClickHouse: Linux, where `/proc` says it. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../cli/engine.ts';
import { quantile } from '../support/quantile.ts';
import { lookEveryMs, type PlayedInsights } from './playInsights.ts';

const pairs = 8;
/** Longer than the least time between two looks, ms. */
const pauseMs = lookEveryMs + 500;
/** Of the kernel's clock, ms: `getconf CLK_TCK` is 100 everywhere. */
const tickMs = 10;

/**
 * Processor time of a look, ms: medians of pauses with one and of pauses without, turn about, since other work comes and goes.
 *
 * What is judged by whole days has been gathered before, as for all looks of a day but its first.
 */
export async function lookCost({ engine }: PlayedInsights): Promise<number> {
  const [idle, looking]: [number[], number[]] = [[], []];
  for (let i = 0; i < pairs; i += 1) {
    idle.push(await spent(engine, () => undefined));
    looking.push(await spent(engine, () => engine.controlPlane?.advised()));
  }
  return Math.max(0, quantile(looking, 0.5) - quantile(idle, 0.5));
}

async function spent(engine: Engine, ring: () => void): Promise<number> {
  const before = processorMs(engine);
  ring();
  await sleep(pauseMs);
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
