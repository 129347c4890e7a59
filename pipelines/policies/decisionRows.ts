/** Decisions and what they have earned, as rows of the table `policy_decisions`: the log for evaluation. */
import type { ByteWriter } from '../../contracts/byteWriter.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { writeTime } from '../../operators/rowFields.ts';
import type { Earned } from './decisionFollower.ts';
import type { OpenDecision } from './openDecisions.ts';

interface Row {
  readonly user: string;
  /** As it was told: it may change before it is written, and then is told again. */
  readonly decision: OpenDecision;
  readonly reward: number;
  readonly rewardedAt: number;
  readonly isFinal: boolean;
  readonly version: number;
}

export class DecisionRows {
  /** The newest of each, by offset of the decision. */
  readonly #changed = new Map<number, Row>();
  readonly #pipeline: string;
  readonly #partition: number;

  constructor(context: PipelineContext, pipeline: string) {
    this.#pipeline = pipeline;
    this.#partition = context.partition;
    context.publish({ changed: () => this.#takeChanged() });
  }

  put(user: string, { decision, reward, isFinal, offset }: Earned): void {
    const { rewardedAt } = decision;
    const row = { user, decision, reward, rewardedAt, isFinal, version: offset };
    this.#changed.set(decision.offset, row);
  }

  #takeChanged() {
    if (this.#changed.size === 0) return undefined;
    const rows = [...this.#changed.values()];
    this.#changed.clear();
    return {
      table: 'policy_decisions',
      length: rows.length,
      encode: (writer: ByteWriter) => {
        for (const row of rows) this.#write(writer, row);
      },
    };
  }

  #write(writer: ByteWriter, { user, decision, reward, rewardedAt, isFinal, version }: Row): void {
    writer.text(this.#pipeline);
    writer.text(decision.policy);
    writer.uint16(this.#partition);
    writer.int64(decision.offset);
    writer.int64(version);
    writeTime(writer, decision.at);
    writer.text(user);
    writer.text(decision.id);
    writer.uint32(decision.revision);
    writer.uint16(decision.stage);
    writer.text(decision.action);
    writer.uint16(decision.position);
    writer.text(decision.way);
    writer.float64(decision.probability);
    writer.varint(decision.segments.length);
    for (const segment of decision.segments) writer.text(segment);
    writeNullable(writer, reward, () => writer.float64(reward));
    writeNullable(writer, rewardedAt, () => writeTime(writer, rewardedAt));
    writer.uint8(isFinal ? 1 : 0);
    // Of decisions that were open before these were kept, nothing is known.
    writer.uint16(decision.choices ?? 0);
    writer.uint16(decision.likeliest ?? 0);
  }
}

/** NaN is NULL. */
function writeNullable(writer: ByteWriter, value: number, write: () => void): void {
  writer.uint8(Number.isNaN(value) ? 1 : 0);
  if (!Number.isNaN(value)) write();
}
