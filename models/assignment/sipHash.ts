/**
 * SipHash-2-4: a keyed hash of bytes to 64 bits that cannot be told from a random function by who does not know the key.
 * So the hashes of one unit under different keys are independent, which plain hashes with a seed do not promise.
 *
 * Source: Aumasson & Bernstein 2012, "SipHash: a fast short-input PRF".
 */

/** 128 bits as four little-endian words. */
export type SipKey = Int32Array;

/**
 * Hashes `bytes[0 … length − 1]`; nothing is allocated.
 *
 * @param into takes the low and the high 32 bits
 */
export function sipHash(key: SipKey, bytes: Uint8Array, length: number, into: Uint32Array): void {
  const k0 = key[0]!;
  const k1 = key[1]!;
  const k2 = key[2]!;
  const k3 = key[3]!;
  // 64-bit words as two halves each: low, high.
  let al = k0 ^ 0x70736575;
  let ah = k1 ^ 0x736f6d65;
  let bl = k2 ^ 0x6e646f6d;
  let bh = k3 ^ 0x646f7261;
  let cl = k0 ^ 0x6e657261;
  let ch = k1 ^ 0x6c796765;
  let dl = k2 ^ 0x79746573;
  let dh = k3 ^ 0x74656462;
  const last = length >>> 3;
  for (let word = 0; word <= last + 1; word += 1) {
    let ml = 0;
    let mh = 0;
    let rounds = 2;
    if (word <= last) {
      const at = word << 3;
      const end = Math.min(at + 8, length);
      for (let i = at; i < end; i += 1) {
        if (i - at < 4) ml |= bytes[i]! << ((i - at) << 3);
        else mh |= bytes[i]! << ((i - at - 4) << 3);
      }
      if (word === last) mh |= length << 24;
    } else {
      cl ^= 0xff;
      rounds = 4;
    }
    dl ^= ml;
    dh ^= mh;
    for (let round = 0; round < rounds; round += 1) {
      // a += b; b = (b <<< 13) ^ a; a <<<= 32
      let sum = (al + bl) | 0;
      ah = (ah + bh + (((al & bl) | ((al | bl) & ~sum)) >>> 31)) | 0;
      al = sum;
      let turned = (bl << 13) | (bh >>> 19);
      bh = ((bh << 13) | (bl >>> 19)) ^ ah;
      bl = turned ^ al;
      turned = al;
      al = ah;
      ah = turned;
      // c += d; d = (d <<< 16) ^ c
      sum = (cl + dl) | 0;
      ch = (ch + dh + (((cl & dl) | ((cl | dl) & ~sum)) >>> 31)) | 0;
      cl = sum;
      turned = (dl << 16) | (dh >>> 16);
      dh = ((dh << 16) | (dl >>> 16)) ^ ch;
      dl = turned ^ cl;
      // a += d; d = (d <<< 21) ^ a
      sum = (al + dl) | 0;
      ah = (ah + dh + (((al & dl) | ((al | dl) & ~sum)) >>> 31)) | 0;
      al = sum;
      turned = (dl << 21) | (dh >>> 11);
      dh = ((dh << 21) | (dl >>> 11)) ^ ah;
      dl = turned ^ al;
      // c += b; b = (b <<< 17) ^ c; c <<<= 32
      sum = (cl + bl) | 0;
      ch = (ch + bh + (((cl & bl) | ((cl | bl) & ~sum)) >>> 31)) | 0;
      cl = sum;
      turned = (bl << 17) | (bh >>> 15);
      bh = ((bh << 17) | (bl >>> 15)) ^ ch;
      bl = turned ^ cl;
      turned = cl;
      cl = ch;
      ch = turned;
    }
    al ^= ml;
    ah ^= mh;
  }
  into[0] = al ^ bl ^ cl ^ dl;
  into[1] = ah ^ bh ^ ch ^ dh;
}
