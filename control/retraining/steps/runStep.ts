/** What a step of a training run needs, and what comes of it. */
import type { ArtifactStore } from '../../../contracts/artifactStore.ts';
import type { GateReport } from '../../../contracts/gateReport.ts';
import type { GatePlan } from '../../../contracts/modelPlan.ts';
import type { Artifact, TrainedOn } from '../../../contracts/modelVersion.ts';
import type { TrainingRun } from '../../../contracts/trainingRun.ts';
import type { ExampleSet } from '../../examples/exampleSet.ts';
import type { ModelRegistry } from '../../registry/modelRegistry.ts';
import type { SelectExamples } from '../exampleSet.ts';
import type { RunMade, StoredRun } from '../storedRun.ts';
import type { ThreadOptions } from '../trainInThread.ts';
import type { JobResult, TrainingJob } from '../trainingJob.ts';

export interface GateRequest {
  readonly model: string;
  readonly plan: GatePlan;
  /** The file, and rows whose predictions are known; both lie in the artifact store. */
  readonly artifact: Artifact;
  readonly golden: Artifact | null;
  /** What it has learnt from; null of one from elsewhere of which that is not known. */
  readonly data: TrainedOn | null;
  /** The latest examples: what is trained here has not seen them. */
  readonly holdout: ExampleSet;
}

/** Asks of a version what its plan wants. @throws EngineError SINK_UNAVAILABLE, ARTIFACT_UNAVAILABLE */
export type JudgeGates = (request: GateRequest, signal: AbortSignal) => Promise<GateReport>;

export type RunJob = <Job extends TrainingJob>(
  job: Job,
  options: ThreadOptions,
) => Promise<JobResult<Job>>;

/** What a run needs of the engine. */
export interface RunParts {
  readonly selectExamples: SelectExamples;
  readonly artifacts: ArtifactStore;
  readonly judgeGates: JudgeGates;
  /** Figures that the gates have found of a version: they take the place of the file's own. */
  readonly metricsOf?: (report: GateReport) => Readonly<Record<string, number>>;
  readonly registry: Pick<ModelRegistry, 'register'>;
  /** Does a job of the training: in a thread of its own. */
  readonly runJob: RunJob;
  readonly clock: () => number;
  /** Before what failed for a while only is tried again, ms. */
  readonly pausesMs?: readonly number[];
  /** Longest time of one step other than training, ms. */
  readonly stepMs?: number;
}

export interface StepContext {
  readonly parts: RunParts;
  /** As the step found it, and as it has noted it since. */
  readonly stored: StoredRun;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** The examples of the snapshot, selected again where they are not in memory. */
  examples(): Promise<ExampleSet>;
  /** Takes the snapshot anew. */
  takeExamples(): Promise<ExampleSet>;
  /** Tells how far the step is. */
  tell(sentence: string): void;
  /** Stores what has been made within the step. */
  note(made: Partial<RunMade>, run: Partial<TrainingRun>, sentence: string): Promise<void>;
  /** Again, when it failed for a while only; not for ever. */
  patiently<Result>(attempt: () => Promise<Result>): Promise<Result>;
}

export interface StepEnd {
  readonly state: 'done' | 'skipped';
  readonly sentence: string;
  readonly made?: Partial<RunMade>;
  readonly run?: Partial<TrainingRun>;
  /** The version is held back, and why: the run ends with the step. */
  readonly refused?: string;
}

export type Step = (context: StepContext) => Promise<StepEnd>;

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
