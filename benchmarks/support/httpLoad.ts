/**
 * A steady load of HTTP requests from one thread: raw sockets, each with one request under way, at times that are set beforehand.
 *
 * A latency runs from when the request was due, not from when a socket was free: a server that stalls is not excused by the
 * requests that it kept from being sent.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface LoadOptions {
  readonly port: number;
  readonly sockets: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** The first are not counted: code is not compiled yet. */
  readonly warmupSeconds: number;
  /** A whole request. */
  requestOf(i: number): Buffer;
}

export interface LoadFigures {
  readonly answered: number;
  readonly failed: number;
  /** Answers a second while it was counted. */
  readonly rps: number;
  /** ms, of those that were counted. */
  readonly latencies: number[];
}

/** Rest of the sender in each turn, ms. */
const restMs = 0.1;
const bell = new Int32Array(new SharedArrayBuffer(4));

/** A request with a JSON body. */
export function jsonRequest(path: string, body: string): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

class Connection {
  readonly socket: Socket;
  isFree = true;
  #due = 0;
  #buffer: Buffer = Buffer.alloc(0);
  readonly #done: (connection: Connection, due: number, status: number) => void;

  constructor(socket: Socket, done: (connection: Connection, due: number, status: number) => void) {
    this.socket = socket;
    this.#done = done;
    socket.setNoDelay(true);
    socket.on('data', (part) => this.#take(part));
  }

  send(request: Buffer, due: number): void {
    this.isFree = false;
    this.#due = due;
    this.socket.write(request);
  }

  #take(part: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? part : Buffer.concat([this.#buffer, part]);
    const headEnd = this.#buffer.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#buffer.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#buffer.length < headEnd + 4 + length) return;
    this.#buffer = Buffer.alloc(0);
    this.isFree = true;
    this.#done(this, this.#due, Number(head.slice(9, 12)));
  }
}

export async function httpLoad(options: LoadOptions): Promise<LoadFigures> {
  const { port, sockets, perSecond, seconds, warmupSeconds, requestOf } = options;
  const latencies: number[] = [];
  const total = Math.floor(perSecond * (seconds + warmupSeconds));
  const countedFrom = Math.floor(perSecond * warmupSeconds);
  let sent = 0;
  let answered = 0;
  let failed = 0;
  let firstAt = 0;
  let lastAt = 0;
  const startAt = performance.now() + 50;
  const dueOf = (i: number) => startAt + (i / perSecond) * 1000;
  const free: Connection[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const pump = () => {
    const now = performance.now();
    while (sent < total && free.length > 0 && dueOf(sent) <= now) {
      free.pop()!.send(requestOf(sent), dueOf(sent));
      sent += 1;
    }
  };
  const done = (connection: Connection, due: number, status: number) => {
    answered += 1;
    if (status !== 200) failed += 1;
    const now = performance.now();
    if (due >= dueOf(countedFrom)) {
      if (firstAt === 0) firstAt = now;
      lastAt = now;
      latencies.push(now - due);
    }
    free.push(connection);
    if (answered === total) finish();
    else pump();
  };
  for (let i = 0; i < sockets; i += 1) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    free.push(new Connection(socket, done));
  }
  const all = [...free];
  let isOver = false;
  // Not a timer: those are late by up to a millisecond. Not without a rest either: where two processors are threads of one core,
  // one that never rests takes from what is measured.
  const turn = () => {
    pump();
    Atomics.wait(bell, 0, 0, restMs);
    if (!isOver) setImmediate(turn);
  };
  turn();
  await finished;
  isOver = true;
  for (const { socket } of all) socket.destroy();
  const rps = ((latencies.length - 1) / (lastAt - firstAt)) * 1000;
  return { answered, failed, rps, latencies };
}
