/** Answers that come in lines, over a real connection. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { sendForLines } from '../../ui/data/client.ts';

let close = (): void => {};
afterEach(() => close());

async function serve(answer: (response: ServerResponse) => Promise<void>): Promise<string> {
  const server = createServer((_, response) => void answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(url: string, signal = new AbortController().signal): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of sendForLines(url, {}, signal)) lines.push(line);
  return lines;
}

test('are told one by one, wherever the network has cut them', async () => {
  const url = await serve(async (response) => {
    const bytes = Buffer.from('{"a":"é"}\n{"b":2}\n{"c":3}\n');
    // Within the letter é, within a line, and after one.
    for (const [from, to] of [
      [0, 7],
      [7, 12],
      [12, 19],
      [19, bytes.length],
    ] as const) {
      response.write(bytes.subarray(from, to));
      await sleep(15);
    }
    response.end();
  });
  expect(await read(url)).toEqual([{ a: 'é' }, { b: 2 }, { c: 3 }]);
});

test('that are refused, break off or never come are problems', async () => {
  const refused = await serve(async (response) => {
    response.writeHead(422, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail: 'The log cannot tell.', code: 'EVALUATION_IMPOSSIBLE' }));
  });
  await expect(read(refused)).rejects.toMatchObject({
    ...{ status: 422, message: 'The log cannot tell.', code: 'EVALUATION_IMPOSSIBLE' },
  });
  close();
  await expect(read(refused)).rejects.toMatchObject({ status: 0 });
  const halved = await serve(async (response) => {
    response.end('{"a":1}\n{"b"');
  });
  await expect(read(halved)).rejects.toThrow('broken off');
  close();
  const cut = await serve(async (response) => {
    response.write('{"a":1}\n');
    await sleep(20);
    response.destroy();
  });
  await expect(read(cut)).rejects.toThrow('broken off');
});

test('end when they are not wanted any more, and the engine sees it', async () => {
  let left = false;
  const url = await serve(async (response) => {
    response.on('close', () => {
      left = !response.writableFinished;
    });
    response.write('{"a":1}\n');
  });
  const controller = new AbortController();
  const lines = sendForLines(url, {}, controller.signal);
  expect((await lines.next()).value).toEqual({ a: 1 });
  const next = lines.next();
  controller.abort();
  await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  await sleep(50);
  expect(left).toBe(true);
});
