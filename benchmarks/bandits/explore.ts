import { suggestions, recommendations } from './campusTasks.ts';
import { labelledTasks } from './labelledTasks.ts';
import { play, informed, type Contestant } from './play.ts';
import { readFileSync } from 'node:fs';
const spec = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as { tasks: Record<string, number>; seeds: number; part: 'first' | 'rest'; contestants: Contestant[] };
const { tasks: labelled } = labelledTasks();
const all = [suggestions, recommendations([]), ...labelled];
for (const task of all) {
  const count = spec.tasks[task.name];
  if (count === undefined) continue;
  const list = Array.from({ length: spec.seeds }, (_, s) => task.rounds(spec.part, count, s + 1));
  const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const avg = (x: Float64Array) => x.reduce((a, b) => a + b, 0) / x.length;
  const uni = list.map((r) => mean(r.map(({ means }) => avg(means))));
  const K = list[0]![0]!.means.length;
  const best = list.map((r) => Math.max(...Array.from({ length: K }, (_, k) => mean(r.map(({ means }) => means[k]!)))));
  const oracle = list.map((r) => mean(r.map(({ means }) => Math.max(...means))));
  console.log(`${task.name} n=${list[0]!.length} uniform ${mean(uni).toFixed(4)} best fixed ${mean(best).toFixed(4)} oracle ${mean(oracle).toFixed(4)}`);
  const full = new Map<string, number[]>();
  for (const c of spec.contestants) {
    const inf = informed(c);
    const key = JSON.stringify(inf);
    const t0 = process.cpuUsage();
    if (!full.has(key)) full.set(key, list.map((r, s) => avg(play(task, r, inf, s + 1))));
    const t1 = process.cpuUsage(t0).user / 1e6;
    const got = list.map((r, s) => avg(play(task, r, c, s + 1)));
    const t2 = process.cpuUsage(t0).user / 1e6 - t1;
    const ways = got.map((g, s) => (g - uni[s]!) / (full.get(key)![s]! - uni[s]!));
    const m = mean(ways); const se = Math.sqrt(mean(ways.map((w) => (w - m) ** 2)) / Math.max(1, ways.length - 1));
    console.log(`  ${(c.policy + ' ' + (c.learner ?? '') + JSON.stringify(c.parameters ?? {}) + JSON.stringify(c.learning ?? {}) + (c.floor ?? '')).padEnd(70)} ${mean(got).toFixed(4)} full ${mean(full.get(key)!).toFixed(4)} way ${(100 * m).toFixed(1)} ± ${(100 * se).toFixed(1)}  cpu ${t1.toFixed(1)} ${t2.toFixed(1)}`);
  }
}
