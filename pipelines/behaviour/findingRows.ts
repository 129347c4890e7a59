/** Findings as rows of the table `findings`. */

import type { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Rows } from '../../contracts/rows.ts';
import { writeTime } from '../../operators/rowFields.ts';

/** A key that behaved unlike the others in a window. */
export interface Finding {
  readonly key: readonly string[];
  /** First instant of the window, and the first behind it, ms since 1970. */
  readonly start: number;
  readonly end: number;
  /** Offset of the key's last event in the window. */
  readonly lastOffset: number;
  readonly score: number;
  readonly pValue: number;
  /** What it did, what is usual, and how much of the score each feature explains. */
  readonly figures: readonly (readonly [string, number])[];
  readonly expected: readonly (readonly [string, number])[];
  readonly shares: readonly (readonly [string, number])[];
}

export function findingRows(
  pipeline: string,
  name: string,
  partition: number,
): (findings: readonly Finding[]) => Rows {
  const encode = (writer: ByteWriter, finding: Finding) => {
    writer.text(pipeline);
    writer.text(name);
    writer.varint(finding.key.length);
    for (const part of finding.key) writer.text(part);
    writeTime(writer, finding.start);
    writeTime(writer, finding.end);
    writer.uint16(partition);
    writer.int64(finding.lastOffset);
    writer.float64(finding.score);
    writer.float64(finding.pValue);
    for (const map of [finding.figures, finding.expected, finding.shares]) {
      writer.varint(map.length);
      for (const [feature, value] of map) {
        writer.text(feature);
        writer.float64(value);
      }
    }
  };
  return (findings) => ({
    table: 'findings',
    length: findings.length,
    urgent: true,
    encode(writer) {
      for (const finding of findings) encode(writer, finding);
    },
  });
}
