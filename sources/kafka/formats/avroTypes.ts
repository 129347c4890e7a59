/**
 * How avsc reads what JSON has no form for: long integers, bytes, times, decimals, and unions without the name of the branch.
 * Only for reading.
 *
 * Source: Apache Avro 1.12, specification (logical types).
 */
import { decimalNumber } from './decimalNumber.ts';
import { exactInteger } from './exactInteger.ts';
import { instantText } from './instantText.ts';
import type { Avro, AvroType, TypeHook } from './registryLibrary.ts';

interface ObjectSchema {
  readonly type: unknown;
  readonly logicalType?: unknown;
  readonly scale?: number;
}

type Convert = (value: never) => unknown;

/** Units of the timestamps in a second. */
const units: Readonly<Record<string, bigint>> = {
  millis: 1_000n,
  micros: 1_000_000n,
  nanos: 1_000_000_000n,
};
const dayMs = 86_400_000;

/** To be given to avsc with a schema. */
export function avroTypes(avro: Avro): TypeHook {
  class Converted extends avro.types.LogicalType {
    /** Called by avsc for each value that was read. */
    readonly _fromValue: Convert;

    constructor(schema: unknown, options: object | undefined, convert: Convert) {
      super(schema, options);
      this._fromValue = convert;
    }
  }
  const long = avro.types.LongType.__with({
    fromBuffer: (bytes: Buffer) => exactInteger(bytes.readBigInt64LE()),
    toBuffer: () => Buffer.alloc(8),
    fromJSON: (value: number) => value,
    toJSON: (value: number) => value,
    isValid: () => true,
    compare: () => 0,
  });
  /** Schemas whose own type is being made, for which avsc asks once more. */
  const open = new Set<unknown>();

  function make(schema: unknown, how: () => AvroType): AvroType {
    open.add(schema);
    try {
      return how();
    } finally {
      open.delete(schema);
    }
  }

  function convert(schema: unknown, options: object, by: Convert): AvroType {
    return make(schema, () => new Converted(schema, options, by));
  }

  /** Where avsc cannot tell the branches apart by their values, a value comes as an object with the branch's name. */
  function union(schema: unknown, options: object): AvroType {
    const type = make(schema, () => avro.Type.forSchema(schema, options));
    return type.typeName === 'union:wrapped' ? new Converted(type, undefined, branch) : type;
  }

  return (schema, options) => {
    if (typeof schema !== 'object' || schema === null || open.has(schema)) return undefined;
    if (Array.isArray(schema)) return union(schema, options);
    const { type, logicalType } = schema as ObjectSchema;
    const name = typeof logicalType === 'string' ? logicalType : '';
    if (type === 'long') {
      const [, local, unit] = /^(local-)?timestamp-(\w+)$/.exec(name) ?? [];
      const perSecond = units[unit ?? ''];
      if (perSecond === undefined) return long;
      return new Converted(long, undefined, instant(perSecond, local === undefined ? 'Z' : ''));
    }
    if (type === 'int' && name === 'date') return convert(schema, options, date);
    if (type !== 'bytes' && type !== 'fixed') return undefined;
    if (name === 'decimal') {
      const { scale = 0 } = schema as ObjectSchema;
      return convert(schema, options, (value: Buffer) => decimalNumber(value, scale));
    }
    return convert(schema, options, name === 'uuid' ? uuid : base64);
  };
}

function base64(value: Buffer): string {
  return value.toString('base64');
}

function branch(value: object | null): unknown {
  return value === null ? null : Object.values(value)[0];
}

function instant(perSecond: bigint, zone: string): Convert {
  const nanosPerUnit = 1_000_000_000n / perSecond;
  return (value: number | string) => {
    const count = BigInt(value);
    let rest = count % perSecond;
    if (rest < 0n) rest += perSecond;
    return instantText(Number((count - rest) / perSecond), Number(rest * nanosPerUnit), zone);
  };
}

function date(days: number): string {
  return instantText((days * dayMs) / 1_000, 0).slice(0, 10);
}

function uuid(value: Buffer): string {
  return value.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
