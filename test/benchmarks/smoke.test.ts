/** Each benchmark at its small size: it runs, its figures are finite, and what it can check of itself is right. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { whatKafkaLacks } from '../support/kafkaJars.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../../dist/benchmarks/run.js', import.meta.url));
const answers = fileURLToPath(
  new URL('../../../shared/data/assistments2017.csv.gz', import.meta.url),
);
const nab = fileURLToPath(new URL('../../../shared/data/nab/windows.json', import.meta.url));
const slow = 180_000;

/** The last line of `npm run bench -- NAME --small --json`, every number in it finite. */
async function figuresOf(name: string): Promise<Readonly<Record<string, number>>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, name, '--small', '--json'],
    { cwd: root, timeout: slow },
  );
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
  for (const [figure, value] of Object.entries(figures)) {
    // JSON has no NaN and no infinity: it writes null.
    expect([figure, value]).not.toEqual([figure, null]);
  }
  return figures as Record<string, number>;
}

describe('benchmarks', () => {
  test(
    'decode',
    async () => {
      const figures = await figuresOf('decode');
      expect(figures['shape_events_per_s']).toBeGreaterThan(0);
      expect(figures['json_parse_events_per_s']).toBeGreaterThan(0);
      expect(figures['ratio']).toBeGreaterThan(0);
    },
    slow,
  );

  test(
    'learner',
    async () => {
      const figures = await figuresOf('learner');
      expect(figures['auc']).toBeGreaterThan(0.5);
    },
    slow,
  );

  test(
    'learners',
    async () => {
      const figures = await figuresOf('learners');
      expect(figures['linucb_update_16_per_s']).toBeGreaterThan(0);
      expect(figures['linucb_choose_20_of_32_p99_ms']).toBeGreaterThan(0);
      // The same observations and choices in every run: a faster wrong answer is noticed.
      expect(figures['digest']).toBeCloseTo(38.249636, 5);
    },
    slow,
  );

  test(
    'train',
    async () => {
      const figures = await figuresOf('train');
      expect(figures['auc']).toBeGreaterThan(0.65);
      expect(figures['onnx_max_difference']).toBeLessThan(1e-5);
      expect(figures['misrouted']).toBe(0);
    },
    slow,
  );

  test(
    'ensemble',
    async () => {
      const figures = await figuresOf('ensemble');
      // Of few rows: it is better on the campus already, and nowhere much worse.
      expect(figures['campus_loss_difference_trees_retrained']).toBeLessThan(0);
      expect(figures['campus_loss_truth']).toBeLessThan(
        figures['campus_loss_trees_retrained_ensemble']!,
      );
      for (const stream of ['file', 'rounds']) {
        if (!String(figures['data']).includes('assistments')) continue;
        expect(figures[`${stream}_loss_difference_trees_retrained`]).toBeLessThan(0.003);
        expect(figures[`${stream}_rows`]).toBe(12_000);
      }
    },
    slow,
  );

  test(
    'score',
    async () => {
      const figures = await figuresOf('score');
      expect(figures['rows_per_s']).toBeGreaterThan(0);
      expect(figures['large_rows_per_wall_s']).toBeGreaterThan(0);
      // The same rows and trees in every run: a faster wrong answer is noticed.
      expect(figures['digest']).toBeCloseTo(0.494823, 5);
    },
    slow,
  );

  test(
    'bandits',
    async () => {
      const figures = await figuresOf('bandits');
      // 400 decisions of one seed: something is learnt, and the way is what the rewards say.
      const reward = (name: string) => figures[`reward, suggestions, ${name}`]!;
      const { 'regret, suggestions, linear-thompson linear-shared': regret } = figures;
      expect(figures['way, suggestions, linear-thompson linear-shared']).toBeGreaterThan(0.4);
      expect(reward('best') - regret!).toBeGreaterThan(reward('uniform'));
      expect(reward('best')).toBeGreaterThan(reward('best fixed'));
      expect(figures['least_way']).toBeGreaterThan(0);
    },
    slow,
  );

  test(
    'preferences',
    async () => {
      const figures = await figuresOf('preferences');
      const rmse = (name: string) => figures[`rating_rmse_${name}`]!;
      expect(rmse('preferences')).toBeLessThan(rmse('biases'));
      expect(rmse('preferences')).toBeLessThan(rmse('factors_of_topics'));
      expect(figures['truth_rmse_preferences']).toBeLessThan(figures['truth_rmse_population']!);
      expect(figures['rating_rmse_after_64']).toBeLessThan(figures['rating_rmse_after_4']!);
      expect(figures['next_item_auc_similar_items']).toBeGreaterThan(0.7);
      expect(figures['memory_users']).toBe(20_000);
    },
    slow,
  );

  test(
    'planner',
    async () => {
      const figures = await figuresOf('planner');
      expect(figures['designs']).toBeGreaterThanOrEqual(30);
      // 400 runs a design: the noise of the worst of eighty figures is near 6 points.
      expect(figures['worst_error_points']).toBeLessThan(11);
      expect(figures['mean_error_points']).toBeLessThan(4);
    },
    slow,
  );

  test(
    'experiments',
    async () => {
      const figures = await figuresOf('experiments');
      expect(figures['scenarios']).toBeGreaterThanOrEqual(21);
      // Twenty runs a scenario: four false decisions at alpha = 5 % in one of them would be a wonder.
      expect(figures['worst_ever_false_rate']).toBeLessThan(0.2);
      expect(figures['asymptotic_worst']).toBeGreaterThan(0.5);
    },
    slow,
  );

  test(
    'ope',
    async () => {
      const figures = await figuresOf('ope');
      expect(figures['runs']).toBe(20);
      // Twenty logs a scenario: four misses at alpha = 5 % in one of them would be a wonder.
      expect(figures['coverage']).toBeGreaterThan(0.8);
      expect(figures['coverage_snips, uniform, binary']).toBeGreaterThan(0.6);
      expect(Math.abs(figures['worst_bias_deviations']!)).toBeLessThan(5);
      // Eleven intervals of one policy and three of the other; that of the direct method knows nothing of its error.
      if (String(figures['obd']) === 'read') expect(figures['obd_disagreements']).toBeLessThan(3);
    },
    slow,
  );

  test(
    'halt',
    async () => {
      const figures = await figuresOf('halt');
      expect(figures['evidence_units_due']).toBeGreaterThan(100);
      expect(figures['evidence_units']).toBe(figures['evidence_units_due']);
      // Two experiments in twenty are watched; their whole answers have every unit that the evidence had.
      expect(figures['watched_experiments']).toBe(2);
      expect(figures['watched_units_due']).toBeGreaterThan(10);
      expect(figures['watched_answer_units']).toBe(figures['watched_units_due']);
    },
    slow,
  );

  test(
    'srm',
    async () => {
      const figures = await figuresOf('srm');
      expect(figures['false_alarm_rate']).toBe(0);
      expect(figures['median_alarm_55_45']).toBeLessThan(3_000);
    },
    slow,
  );

  test(
    'release',
    async () => {
      const figures = await figuresOf('release');
      // Twenty runs a world: four wrong promotions at alpha = 5 % in one of them would be a wonder.
      expect(figures['worst_wrong_promotions']).toBeLessThan(0.2);
      expect(figures['promoted, 0.010 better']).toBeGreaterThan(0.5);
      expect(figures['harmful_canary_stopped']).toBe(1);
      expect(figures['harmful_canary_stopped_median_exposures']).toBeLessThan(4_000);
    },
    slow,
  );

  test(
    'loop',
    async () => {
      const figures = await figuresOf('loop');
      // A day of sixty students: nothing is good enough to be released, and nothing is.
      expect(figures['promoted']).toBe(0);
      expect(figures['runs']).toBeGreaterThan(0);
      expect(figures['regret_before']).toBeGreaterThan(0);
      expect(figures['seeded_runs']).toBe(4);
      expect(figures['wrong_promotions']).toBe(0);
      expect(figures['shuffled_gates_refused']).toBe(1);
      expect(figures['rollback_ms']).toBeGreaterThan(figures['rollback_log_ms']!);
      expect(figures['rollback_ms']).toBeLessThan(10_000);
    },
    slow,
  );

  test(
    'drift',
    async () => {
      const figures = await figuresOf('drift');
      expect(figures['adwin_updates_per_cpu_s']).toBeGreaterThan(0);
      // Twenty steps and 80,000 values of one seed.
      expect(figures['adwin_calibrated_step_after_5000_ar_0.5_found']).toBe(1);
      expect(figures['adwin_calibrated_ar_0.8_false_per_1e6']).toBeLessThan(200);
      expect(figures['adwin_ar_0.8_false_per_1e6']).toBeGreaterThan(1_000);
      expect(figures['hddm_w_abrupt_missed']).toBe(0);
    },
    slow,
  );

  test(
    'driftCampus',
    async () => {
      const figures = await figuresOf('driftCampus');
      expect(figures['calm_alarms_per_week']).toBe(0);
      expect(figures['answer_residual_algebra_found']).toBe(1);
      expect(figures['rating_sports_found']).toBe(1);
      expect(figures['rating_climate_found']).toBe(1);
    },
    slow,
  );

  test(
    'driftDays',
    async () => {
      const figures = await figuresOf('driftDays');
      // Of forty days each.
      expect(figures['exceeding_worst']).toBeLessThan(0.1);
      expect(figures['exceeding_critical, users, 7 days']).toBeGreaterThan(0.7);
      expect(figures['shift_found, independent, 7 days']).toBe(1);
    },
    slow,
  );

  test(
    'watch',
    async () => {
      const figures = await figuresOf('watch');
      // Of a hundred students in three days little else can be told.
      expect(figures['latency_planted']).toBe(1);
      expect(figures['latency_found']).toBe(1);
      expect(figures['planted_false_per_week']).toBe(0);
    },
    // Two months are played and waited for.
    2 * slow,
  );

  test(
    'behaviour',
    async () => {
      const figures = await figuresOf('behaviour');
      expect(figures['bots_planted_200']).toBe(3);
      expect(figures['bots_found_200']).toBe(3);
      expect(figures['bot_delay_minutes_max_200']).toBeLessThan(32);
      expect(figures['calm_false_per_week_200']).toBeLessThan(3);
      expect(figures['rows_per_cpu_s']).toBeGreaterThan(0);
    },
    slow,
  );

  test(
    'memory',
    async () => {
      const figures = await figuresOf('memory');
      expect(figures['users']).toBe(20_000);
      expect(figures['idle_engine_rss_mb']).toBeGreaterThan(50);
      expect(figures['idle_engine_rss_mb']).toBeLessThan(1_500);
    },
    slow,
  );

  test(
    'pipeline',
    async () => {
      const figures = await figuresOf('pipeline');
      expect(figures['events']).toBeGreaterThanOrEqual(20_000);
      expect(figures['events_per_s']).toBeGreaterThan(0);
      expect(figures['event_to_queryable_p99_ms']).toBeGreaterThan(0);
      const { events, events_stored: stored = 0, refused_stored: refused = 0 } = figures;
      // What is neither stored nor refused was there twice.
      expect(stored + refused).toBeLessThanOrEqual(events!);
      expect(stored + refused).toBeGreaterThan(0.95 * events!);
    },
    slow,
  );

  test(
    'anomaly',
    async () => {
      const figures = await figuresOf('anomaly');
      expect(figures['half_space_25x15_per_cpu_s']).toBeGreaterThan(0);
      expect(figures['cut_forest_50x256_shingle_8_per_cpu_s']).toBeGreaterThan(0);
      // Without the data folder there is speed alone, and it says so.
      if (String(figures['data']).startsWith('absent')) return;
      expect(figures['shuttle_cut_forest_auc']).toBeGreaterThan(0.9);
      expect(figures['shuttle_half_space_25x15_auc']).toBeGreaterThan(0.9);
    },
    slow,
  );

  test(
    'insights',
    async () => {
      const figures = await figuresOf('insights');
      // Of one planted problem and two quiet days, by all the rules there are.
      expect(figures).toMatchObject({ planted: 1, named_on_top: 1, within_delay: 1 });
      expect(figures).toMatchObject({ quiet_days: 2, false_cards: 0, false_facts: 0 });
      expect(figures['allowed']).toBeLessThan(0.05);
    },
    slow,
  );

  test.skipIf(!existsSync(nab))(
    `nab${existsSync(nab) ? '' : `: skipped, ${nab} is absent`}`,
    async () => {
      const figures = await figuresOf('nab');
      expect(figures['series']).toBe(10);
      // A third of the series, far above a detector that says nothing (0).
      expect(figures['standard']).toBeGreaterThan(50);
      expect(figures['low_fn']).toBeGreaterThan(figures['low_fp']!);
      expect(figures['held_out_standard_mean']).toBeLessThan(100);
    },
    slow,
  );

  test.skipIf(whatKafkaLacks() !== '')(
    'kafka',
    async () => {
      const figures = await figuresOf('kafka');
      expect(figures).toMatchObject({ lost: 0, duplicated: 0, wrong: 0, poison_missing: 0 });
      expect(figures['kills']).toBe(3);
      expect(figures['poison']).toBe(200);
      expect(figures['events_per_s']).toBeGreaterThan(0);
    },
    slow,
  );

  test.skipIf(!existsSync(answers))(
    `assistments${existsSync(answers) ? '' : `: skipped, ${answers} is absent`}`,
    async () => {
      const figures = await figuresOf('assistments');
      expect(figures['rows']).toBe(figures['sent']);
      expect(figures['auc']).toBeGreaterThan(0.6);
      expect(figures['log_loss']).toBeLessThan(0.75);
    },
    slow,
  );
});
