/** Settings of the engine, read once at start from the environment; the command line overrides them. */
import { z } from 'zod';
import { EngineError } from './errors.ts';

export const Settings = z.object({
  /** Directory of the embedded event log and the embedded ClickHouse. */
  data: z.string().min(1).default('data'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8080),
  /**
   * Partitions of the embedded event log: fixed when the data directory is made. By default those of the log that is there;
   * for a new one, one less than there are processors, because ClickHouse needs one.
   */
  partitions: z.coerce.number().int().min(1).max(64).optional(),
  /** Outputs are written after this time, ms, … */
  epochMs: z.coerce.number().int().min(10).max(60_000).default(300),
  /** … or after this many events, whichever comes first. */
  epochEvents: z.coerce.number().int().min(1).max(1_000_000).default(100_000),
  /** Least time between two checkpoints of a partition's state, ms: what a recovery computes again at most. */
  checkpointMs: z.coerce.number().int().min(10).max(600_000).default(2_000),
  /** Committed events leave the embedded log after this many hours. */
  retentionHours: z.coerce.number().min(0).default(72),
  /** Largest size of the embedded log, in GiB. */
  logGiB: z.coerce
    .number()
    .min(1 / 1024)
    .max(1024)
    .default(16),
});
export type Settings = z.infer<typeof Settings>;

/** Environment variable of each setting. */
export const settingVariables: Record<keyof Settings, string> = {
  data: 'MILLRACE_DATA',
  host: 'HOST',
  port: 'PORT',
  partitions: 'MILLRACE_PARTITIONS',
  epochMs: 'MILLRACE_EPOCH_MS',
  epochEvents: 'MILLRACE_EPOCH_EVENTS',
  checkpointMs: 'MILLRACE_CHECKPOINT_MS',
  retentionHours: 'MILLRACE_RETENTION_HOURS',
  logGiB: 'MILLRACE_LOG_GIB',
};

/**
 * @param given values from the command line; those that are undefined come from `environment`, then from the defaults
 * @throws EngineError CONFIGURATION_INVALID naming the setting and what it takes
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  given: Readonly<Partial<Record<keyof Settings, unknown>>> = {},
): Settings {
  const input: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(settingVariables)) {
    const value = given[name as keyof Settings] ?? environment[variable];
    if (value !== undefined && value !== '') input[name] = value;
  }
  const parsed = Settings.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const name = String(issue.path[0]) as keyof Settings;
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `${name} (${settingVariables[name]}): ${issue.message}, got ${JSON.stringify(input[name])}`,
  );
}
