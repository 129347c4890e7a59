/** A line between clients and a server that can be slow, narrow and silent: bytes are held back, none is lost or changed. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SlowLink {
  /** `host:port` for clients. */
  readonly address: string;
  /** What each piece of an answer waits, ms. */
  latencyMs: number;
  /** Width of each connection, each way; Infinity for none. */
  bytesPerSecond: number;
  /** Connections stay open and new ones are taken, but nothing passes, either way. */
  silent: boolean;
  /** @param target `host:port` of the server */
  lead(target: string): void;
  close(): Promise<void>;
}

/** How often what waits is looked at, ms. */
const stepMs = 5;
/** Held back in one direction; beyond that the sender has to wait, bytes. */
const heldMax = 2 ** 20;

/** One direction of one connection. */
interface Lane {
  readonly from: Socket;
  readonly to: Socket;
  readonly isAnswer: boolean;
  readonly held: { bytes: Buffer; due: number }[];
  size: number;
  /** Bytes that may pass now. */
  allowance: number;
  ended: boolean;
}

export async function startSlowLink(): Promise<SlowLink> {
  const lanes = new Set<Lane>();
  const sockets = new Set<Socket>();
  let target = '';

  function open(from: Socket, to: Socket, isAnswer: boolean): void {
    const lane: Lane = { from, to, isAnswer, held: [], size: 0, allowance: 0, ended: false };
    lanes.add(lane);
    from.on('data', (bytes) => {
      lane.held.push({ bytes, due: performance.now() + (isAnswer ? link.latencyMs : 0) });
      lane.size += bytes.length;
      if (lane.size > heldMax) from.pause();
    });
    from.on('end', () => {
      lane.ended = true;
    });
    from.on('close', () => {
      lane.ended = true;
      sockets.delete(from);
    });
    from.on('error', () => undefined);
  }

  function pass(lane: Lane, now: number): void {
    const { held, to, from } = lane;
    lane.allowance = Math.min(
      lane.allowance + (link.bytesPerSecond * stepMs) / 1_000,
      link.bytesPerSecond / 10,
    );
    while (held.length > 0 && held[0]!.due <= now && lane.allowance >= 1) {
      const { bytes } = held[0]!;
      const size = Math.min(bytes.length, Math.floor(lane.allowance));
      to.write(bytes.subarray(0, size));
      lane.allowance -= size;
      lane.size -= size;
      if (size < bytes.length) held[0]!.bytes = bytes.subarray(size);
      else held.shift();
    }
    if (lane.size <= heldMax) from.resume();
    if (!lane.ended || held.length > 0) return;
    to.end();
    lanes.delete(lane);
  }

  const timer = setInterval(() => {
    if (link.silent) return;
    const now = performance.now();
    for (const lane of lanes) pass(lane, now);
  }, stepMs);

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const [host = '', port] = target.split(':');
    const behind = connect({ host, port: Number(port), noDelay: true, allowHalfOpen: true });
    sockets.add(client).add(behind);
    open(client, behind, false);
    open(behind, client, true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const link: SlowLink = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    latencyMs: 0,
    bytesPerSecond: Infinity,
    silent: false,
    lead(place) {
      target = place;
    },
    async close() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return link;
}
