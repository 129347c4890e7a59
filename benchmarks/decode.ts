/** The shape-predicting decoder against `JSON.parse` and against the reference decoder, on the same bytes. */
import { createHash } from 'node:crypto';
import type { Batch, Columns } from '../contracts/batch.ts';
import type { Chunk } from '../contracts/chunk.ts';
import { InternDictionary } from '../operators/state/internDictionary.ts';
import { createReferenceDecoder, type Decoder } from '../sources/decode/referenceDecoder.ts';
import { createDecoder } from '../sources/decode/shapeDecoder.ts';
import type { Figures } from './run.ts';
import { quantile } from './support/quantile.ts';

const columns: Columns = {
  strings: ['context.skill', 'context.device'],
  numbers: ['context.durationMs', 'context.difficulty'],
};
const receivedAt = Date.UTC(2026, 2, 2);
const types = ['viewed', 'answered', 'rated', 'exposure', 'outcome'];
const skills = ['algebra', 'fractions', 'geometry', 'reading', 'spelling', 'probability'];

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const chunks = Array.from({ length: full ? 20 : 2 }, (_, i) => eventChunk(i, full ? 1000 : 500));
  const shape: number[] = [];
  const plain: number[] = [];
  const reference: number[] = [];
  const decoder = createDecoder(columns, new InternDictionary());
  const referenceDecoder = createReferenceDecoder(columns, new InternDictionary());
  // Interleaved, so that what else the machine does falls on all alike; the first rounds only warm up.
  const rounds = full ? 40 : 3;
  for (let round = 0; round < rounds; round += 1) {
    const isWarm = !full || round >= 8;
    for (const [i, chunk] of chunks.entries()) {
      // Another chunk, so that neither finds its bytes in the cache because the other has just read them.
      const other = chunks[(i + chunks.length / 2) % chunks.length]!;
      const rates = [rate(chunk, decoder.decode), rate(other, parseAll)];
      if (isWarm) shape.push(rates[0]!);
      if (isWarm) plain.push(rates[1]!);
    }
    const slow = rate(chunks[round % chunks.length]!, referenceDecoder.decode);
    if (isWarm) reference.push(slow);
  }
  const count = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
  const ratios = shape.map((each, i) => each / plain[i]!);
  const figures = {
    shape_events_per_s: Math.round(quantile(shape, 0.5)),
    json_parse_events_per_s: Math.round(quantile(plain, 0.5)),
    ratio: Number(quantile(ratios, 0.5).toFixed(2)),
    ratio_p10: Number(quantile(ratios, 0.1).toFixed(2)),
    ratio_p90: Number(quantile(ratios, 0.9).toFixed(2)),
    reference_events_per_s: Math.round(quantile(reference, 0.5)),
    events: count,
    event_bytes: Number((bytes / count).toFixed(1)),
    digest: digest(createDecoder(columns, new InternDictionary()), chunks),
  };
  const sentence =
    `${(figures.shape_events_per_s / 1e6).toFixed(2)} M events/s of ${figures.event_bytes} bytes, ` +
    `${figures.ratio} times JSON.parse alone`;
  return { ...figures, summary: sentence };
}

function rate(chunk: Chunk, work: (chunk: Chunk) => unknown): number {
  const started = performance.now();
  work(chunk);
  return (chunk.length * 1000) / (performance.now() - started);
}

/** What a decoder without schema, columns and refusals would do at least. */
function parseAll({ bytes, ends, length }: Chunk): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let sum = 0;
  let start = 0;
  for (let record = 0; record < length; record += 1) {
    const end = ends[record]!;
    const event = JSON.parse(buffer.toString('utf8', start, end)) as { value?: number };
    sum += event.value ?? 0;
    start = end;
  }
  return sum;
}

/** Of what the columns hold, row by row: a faster wrong answer would change it. */
function digest(decoder: Decoder, chunks: readonly Chunk[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) for (const row of rows(decoder.decode(chunk))) hash.update(row);
  return hash.digest('hex').slice(0, 16);
}

function* rows(batch: Batch): Iterable<string> {
  for (let row = 0; row < batch.length; row += 1) {
    const texts = [...batch.codes.values()].map((codes) =>
      codes[row]! < 0 ? null : batch.dictionary.text(codes[row]!),
    );
    const numbers = [...batch.numbers.values()].map((column) => String(column[row]));
    yield JSON.stringify([...texts, ...numbers, batch.idLow[row], batch.idHigh[row]]);
  }
}

function eventChunk(seed: number, length: number): Chunk {
  const draw = lehmer(seed + 1);
  const ends = new Int32Array(length);
  const records: Buffer[] = [];
  let size = 0;
  for (let i = 0; i < length; i += 1) {
    const record = Buffer.from(JSON.stringify(event(draw, seed * length + i)));
    records.push(record);
    size += record.length;
    ends[i] = size;
  }
  const bytes = new Uint8Array(Buffer.concat(records));
  return { partition: 0, firstOffset: seed * length, length, receivedAt, bytes, ends };
}

/** Integers in [0, below). Source: Lehmer 1949, with the multiplier of Park & Miller 1988. */
function lehmer(seed: number): (below: number) => number {
  let state = seed * 7919 + 1;
  for (let i = 0; i < 8; i += 1) state = (state * 48_271) % 2_147_483_647;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function event(draw: (below: number) => number, serial: number): Record<string, unknown> {
  const type = types[draw(types.length)]!;
  const hexadecimal = (digits: number) =>
    draw(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const id = `${hexadecimal(6)}${hexadecimal(2)}-${hexadecimal(4)}-7${hexadecimal(3)}-a${hexadecimal(3)}-${hexadecimal(6)}${hexadecimal(6)}`;
  const common = {
    id,
    type,
    time: new Date(receivedAt - 86_400_000 + serial * 37).toISOString(),
    user: `student-${String(draw(5000)).padStart(6, '0')}`,
  };
  const context = {
    skill: skills[draw(skills.length)],
    device: draw(3) === 0 ? 'phone' : 'laptop',
    durationMs: draw(90_000),
  };
  switch (type) {
    case 'viewed':
      return {
        ...common,
        item: `page-${draw(3000)}`,
        session: `s-${hexadecimal(6)}`,
        context: {
          ...context,
          referrer: `https://campus.example/course/${draw(500)}/unit/${draw(40)}`,
        },
      };
    case 'answered':
      return {
        ...common,
        item: `question-${draw(3000)}`,
        session: `s-${hexadecimal(6)}`,
        value: draw(2),
        context: {
          ...context,
          difficulty: draw(1000) / 1000,
          attempt: 1 + draw(3),
          hints: draw(4),
        },
      };
    case 'rated':
      return {
        ...common,
        item: `lesson-${draw(800)}`,
        value: 1 + draw(5),
        context: { ...context, locale: 'de-DE', comment: 'hätte gern mehr Beispiele zum Üben' },
      };
    case 'exposure':
      return {
        ...common,
        item: `lesson-${draw(800)}`,
        decision: `d-${hexadecimal(6)}${hexadecimal(6)}`,
        context: {
          ...context,
          experiment: { name: 'hints-first', arm: draw(2) === 0 ? 'control' : 'treatment' },
          propensity: 0.5,
        },
      };
    default:
      return {
        ...common,
        decision: `d-${hexadecimal(6)}${hexadecimal(6)}`,
        value: draw(1_000_000) / 1_000_000,
        context: {
          ...context,
          reward: 'completed-within-a-day',
          policy: 'linucb-v3',
          stage: draw(9),
        },
      };
  }
}
