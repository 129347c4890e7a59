/**
 * A screenshot in at most 256 colours: a third of the size, and nobody sees the difference on a page of flat colours.
 *
 * Source: Portable Network Graphics, W3C Recommendation, third edition 2025: filters (§9) and indexed colour (§11.2.3).
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const coloursMax = 256;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB, row by row. */
  readonly colours: Uint32Array;
}

/**
 * @param png as a browser makes it: 8 bits a channel, RGB or RGBA, not interlaced; what is transparent is taken as opaque
 * @throws RangeError another kind of picture
 */
export function palettePng(png: Buffer): Buffer {
  const { width, height, colours } = decode(png);
  const { palette, indexOf } = paletteOf(colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    // Filter 0, as is: the others serve gradients.
    to += 1;
    for (let x = 0; x < width; x += 1) rows[to++] = indexOf.get(colours[from++]!)!;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const all = Buffer.alloc(body.length + 8);
  all.writeUInt32BE(data.length, 0);
  all.set(body, 4);
  all.writeUInt32BE(crc32(body), body.length + 4);
  return all;
}

/** @throws RangeError */
export function decode(png: Buffer): Pixels {
  const parts: Buffer[] = [];
  let header = Buffer.alloc(13);
  let palette = Buffer.alloc(0);
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = Buffer.from(data);
    if (type === 'PLTE') palette = Buffer.from(data);
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const [depth, kind, , , interlaced] = header.subarray(8);
  const channels = { 2: 3, 3: 1, 6: 4 }[kind!];
  if (depth !== 8 || channels === undefined || interlaced !== 0) {
    throw new RangeError(`png: expected 8 bits, colour type 2, 3 or 6, got ${depth}, ${kind}`);
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const colours = new Uint32Array(width * height);
  for (let i = 0, at = 0; i < colours.length; i += 1, at += channels) {
    colours[i] =
      channels === 1
        ? palette.readUIntBE(3 * bytes[at]!, 3)
        : (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
  }
  return { width, height, colours };
}

/** §9.2: each byte from its neighbours to the left, above, and above to the left. */
function unfilter(rows: Buffer, stride: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)]!;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= step ? out[at - step]! : 0;
      const above = y > 0 ? out[at - stride]! : 0;
      const corner = x >= step && y > 0 ? out[at - stride - step]! : 0;
      const told = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!;
      out[at] = (rows[y * (stride + 1) + 1 + x]! + told) & 255;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** The most frequent colours that are far enough from each other; every other one becomes the nearest of them. */
function paletteOf(colours: Uint32Array): {
  readonly palette: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
} {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  let palette: number[] = [];
  for (let apart = 0; apart === 0 || palette.length > coloursMax; apart += 4) {
    palette = [];
    for (const colour of ranked) {
      if (palette.length > coloursMax) break;
      if (palette.every((each) => distance(each, colour) > apart)) palette.push(colour);
    }
  }
  const indexOf = new Map<number, number>();
  for (const colour of ranked) {
    let best = 0;
    for (let i = 1; i < palette.length; i += 1) {
      if (distance(palette[i]!, colour) < distance(palette[best]!, colour)) best = i;
    }
    indexOf.set(colour, best);
  }
  return { palette, indexOf };
}

/** Sum over the channels. */
function distance(a: number, b: number): number {
  return (
    Math.abs((a >> 16) - (b >> 16)) +
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) +
    Math.abs((a & 255) - (b & 255))
  );
}
