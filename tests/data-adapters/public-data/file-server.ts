// A small HTTP server on this machine that serves bytes as servers do, and with their faults.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of ten milliseconds each, before a connection breaks that nothing was taken from. */
const mostWaits = 500;

export interface Fault {
  /** Answer with this status. */
  readonly status?: number;
  /** Break the connection after so many bytes of the answer. */
  readonly cutAfter?: number;
  /** Promise no length and end early after so many bytes. */
  readonly endAfter?: number;
  /** Send the whole whatever range is asked for. */
  readonly ignoreRange?: boolean;
  /** Send so many bytes and then nothing, without an end. */
  readonly stallAfter?: number;
  readonly encoding?: string;
  readonly redirect?: string;
}

export interface Request {
  readonly path: string;
  readonly range: string | undefined;
  readonly condition: string | undefined;
  readonly authorization: string | undefined;
}

export class FileServer {
  readonly files = new Map<string, Uint8Array>();
  /** Faults of the coming requests, one each; none when they are used up. */
  readonly faults: Fault[] = [];
  readonly requests: Request[] = [];
  /** Part of every ETag; changed when the files change. */
  version = 1;
  /** Whether ETags are sent. */
  tags = true;
  /** Bytes that the reader has kept, for faults that wait until some of theirs have arrived. */
  kept: () => number = () => 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FileServer> {
    const server = createServer((request, response) => files.answer(request, response));
    const files = new FileServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return files;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${path}`;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent((request.url ?? '/').slice(1));
    const { range, 'if-range': condition, authorization } = request.headers;
    this.requests.push({ path, range, condition: condition as string | undefined, authorization });
    const fault = this.faults.shift() ?? {};
    const all = this.files.get(path);
    if (fault.redirect !== undefined) {
      response.writeHead(302, { location: fault.redirect }).end();
      return;
    }
    const status = fault.status ?? (all === undefined ? 404 : undefined);
    if (status !== undefined || all === undefined) {
      response.writeHead(status ?? 404).end('no');
      return;
    }
    const tag = `"${this.version}-${path}"`;
    const asked = /^bytes=(\d+)-$/.exec(range ?? '');
    const partial =
      asked !== null && !fault.ignoreRange && (condition === undefined || condition === tag || !this.tags);
    const from = partial ? Number(asked[1]) : 0;
    if (from >= all.length && from > 0) {
      response.writeHead(416, { 'content-range': `bytes */${all.length}` }).end();
      return;
    }
    const bytes = all.subarray(from);
    response.writeHead(partial ? 206 : 200, {
      ...(this.tags ? { etag: tag } : {}),
      ...(fault.endAfter === undefined ? { 'content-length': bytes.length } : {}),
      ...(partial ? { 'content-range': `bytes ${from}-${all.length - 1}/${all.length}` } : {}),
      ...(fault.encoding === undefined ? {} : { 'content-encoding': fault.encoding }),
    });
    const { cutAfter, endAfter, stallAfter } = fault;
    const count = cutAfter ?? endAfter ?? stallAfter;
    if (count === undefined || count >= bytes.length) response.end(bytes);
    else if (endAfter !== undefined) response.end(bytes.subarray(0, count));
    else {
      const before = this.kept();
      response.write(bytes.subarray(0, count), () => {
        if (cutAfter !== undefined) void this.breakOff(response, cutAfter === 0 ? before - 1 : before);
      });
    }
  }

  /** Node 24 drops what its reader has not taken when a connection breaks: it breaks when something has been kept. */
  private async breakOff(response: ServerResponse, before: number): Promise<void> {
    for (let waits = 0; waits < mostWaits && this.kept() <= before; waits++) await sleep(10);
    response.destroy();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
