/** A mail server on loopback, as much of RFC 5321 as a client needs that sends one message: no TLS, no extensions but AUTH. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, lines ended by LF. */
  readonly text: string;
}

export interface SmtpServer {
  readonly port: number;
  readonly mails: Mail[];
  /** A line instead of the usual answer to a command, such as "550 5.1.1 unknown"; null: none at all. */
  refuse: (command: string) => string | null | undefined;
  close(): Promise<void>;
}

export async function startSmtpServer(): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    void serve(socket, started);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const started: SmtpServer = {
    port: (server.address() as AddressInfo).port,
    mails: [],
    refuse: () => undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return started;
}

async function serve(socket: Socket, server: SmtpServer): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  /** @returns whether the command has the usual answer */
  const answer = (command: string, usual: string): boolean => {
    const other = server.refuse(command);
    if (other !== null) say(other ?? usual);
    return other === undefined;
  };
  let from = '';
  let to: string[] = [];
  let data: string[] | undefined;
  answer('', '220 test ESMTP');
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (data !== undefined) {
      if (line !== '.') data.push(line.startsWith('.') ? line.slice(1) : line);
      else {
        const mail = { from, to, text: data.join('\n') };
        data = undefined;
        if (answer('.', '250 2.0.0 taken')) server.mails.push(mail);
      }
      continue;
    }
    const address = /<(.*?)>/.exec(line)?.[1] ?? '';
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'EHLO') answer(line, '250-test\r\n250 AUTH PLAIN');
    else if (word === 'MAIL') {
      [from, to] = [address, []];
      answer(line, '250 2.1.0 ok');
    } else if (word === 'RCPT') {
      if (answer(line, '250 2.1.5 ok')) to.push(address);
    } else if (word === 'DATA') {
      if (answer(line, '354 go on')) data = [];
    } else if (word === 'AUTH') answer(line, '235 2.7.0 welcome');
    else if (word === 'QUIT') {
      say('221 bye');
      socket.end();
    } else if (word === 'STAR') answer(line, '502 5.5.1 no TLS');
    else answer(line, '250 ok');
  }
}
