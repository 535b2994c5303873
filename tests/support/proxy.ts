import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface TestProxy {
  readonly port: number;
  /** Host and port of every CONNECT, with the account that came along. */
  readonly asked: readonly { readonly target: string; readonly account: string | null }[];
  close(): Promise<void>;
}

export interface TestProxyOptions {
  /** `user:password`; 407 without it. */
  readonly account?: string;
  /** Answers every CONNECT with this status instead of opening a way. */
  readonly status?: number | ((target: string) => number | undefined);
  /** Spoken to over TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Where the way to a host ends, whatever its name; by default where the name says. */
  readonly leadTo?: (target: string) => number;
}

/** A real proxy on loopback: CONNECT, with or without an account, to wherever the test says. */
export async function startProxy({ account, status, certificate, leadTo }: TestProxyOptions = {}): Promise<TestProxy> {
  const asked: { target: string; account: string | null }[] = [];
  const sockets = new Set<Socket>();
  const refuse: RequestListener = (_request, response) => void response.writeHead(405).end();
  const server: Server = certificate === undefined ? createServer(refuse) : createTlsServer({ cert: certificate.cert, key: certificate.key }, refuse);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    const target = request.url ?? '';
    const given = Buffer.from((request.headers['proxy-authorization'] ?? '').replace(/^Basic /, ''), 'base64').toString('utf8');
    asked.push({ target, account: given === '' ? null : given });
    const refusal = account !== undefined && given !== account ? 407 : typeof status === 'function' ? status(target) : status;
    socket.on('error', () => undefined);
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\nProxy-Authenticate: Basic realm="essai"\r\nContent-Length: 0\r\n\r\n`);
    const out = connect(leadTo?.(target) ?? Number(target.split(':').at(-1)), '127.0.0.1');
    sockets.add(out);
    out.on('error', () => socket.destroy());
    out.on('connect', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      out.pipe(socket).pipe(out);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
