/** Two versions beside each other, row by row. */
import type { GateName, GateResult } from '../../contracts/gateReport.ts';
import type { ModelFeature, ModelVersion } from '../../contracts/modelVersion.ts';
import { formatCount, formatWhole, missing } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { detail, kindWords, compared as words } from '../words/versions.ts';

export interface ComparedRow {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly differs: boolean;
}

function row(name: string, left: string, right: string): ComparedRow {
  return { name, left, right, differs: left !== right };
}

/** What they are made of; hashes in full. */
export function originRows(left: ModelVersion, right: ModelVersion): readonly ComparedRow[] {
  const both = (name: string, pick: (version: ModelVersion) => string | null | undefined) =>
    row(name, pick(left) ?? missing, pick(right) ?? missing);
  return [
    both(words.kind, ({ kind }) => kindWords[kind]),
    both(words.trainer, ({ trainer }) => (trainer === '' ? null : trainer)),
    both(words.calibration, ({ calibration }) => calibration ?? words.uncalibrated),
    both(words.rows, ({ data }) => data && formatWhole(data.rows)),
    both(words.from, ({ data }) => data && formatInstant(data.from)),
    both(words.to, ({ data }) => data && formatInstant(data.to)),
    both(words.excluded, ({ data }) => data && formatWhole(data.excludedUsers)),
    both(words.snapshot, ({ data }) => data?.snapshot),
    both(words.seed, ({ seed }) => (seed === null ? null : String(seed))),
    both(words.bytes, ({ artifact }) => artifact && sizeText(artifact.bytes)),
    both(words.parent, ({ parent }) => parent),
    both(words.count, ({ features }) => formatWhole(features.length)),
  ];
}

export function parameterRows(left: ModelVersion, right: ModelVersion): readonly ComparedRow[] {
  const names = [...new Set([...Object.keys(left.parameters), ...Object.keys(right.parameters)])];
  const text = ({ parameters }: ModelVersion, name: string) =>
    parameters[name] === undefined ? missing : String(parameters[name]);
  return names.map((name) => row(name, text(left, name), text(right, name)));
}

export interface ComparedGate {
  readonly gate: GateName;
  readonly left: GateResult | undefined;
  readonly right: GateResult | undefined;
}

/** In the order in which they are asked. */
export function gateRows(left: ModelVersion, right: ModelVersion): readonly ComparedGate[] {
  const [first, second] = [left.gates?.gates ?? [], right.gates?.gates ?? []];
  const names = [...new Set([...first, ...second].map(({ gate }) => gate))];
  return names.map((gate) => ({
    gate,
    left: first.find((each) => each.gate === gate),
    right: second.find((each) => each.gate === gate),
  }));
}

export interface ComparedFeatures {
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** Those that both read, but otherwise: "latency: number, then code". */
  readonly changed: readonly string[];
}

export function featuresApart(left: ModelVersion, right: ModelVersion): ComparedFeatures {
  const namesOf = ({ features }: ModelVersion) => new Set(features.map(({ name }) => name));
  const [first, second] = [namesOf(left), namesOf(right)];
  return {
    left: [...first].filter((name) => !second.has(name)),
    right: [...second].filter((name) => !first.has(name)),
    changed: left.features.flatMap((feature) => {
      const other = right.features.find(({ name }) => name === feature.name);
      if (other === undefined || readAs(feature) === readAs(other)) return [];
      return [`${feature.name}: ${readAs(feature)}, then ${readAs(other)}`];
    }),
  };
}

function readAs({ kind, monotone }: ModelFeature): string {
  const word = detail.featureKinds[kind];
  return monotone === 0 ? word : `${word}, may only ${detail.monotoneWords[`${monotone}`]}`;
}

/** "1.2 MB" */
export function sizeText(bytes: number): string {
  const text = formatCount(bytes);
  return /[a-z]$/i.test(text) ? `${text.replace('k', 'kB').replace('M', 'MB')}` : `${text}\u00a0B`;
}
