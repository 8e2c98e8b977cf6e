// How a server is run: what its flags say, checked. Units are in the names' comments, since flags have none.

export interface ServerSettings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Keys of which one must come with a request; none are asked for when it is empty. */
  readonly apiKeys: readonly string[];
  /** Threads that networks run in. */
  readonly workers: number;
  /** Requests that run together at most. */
  readonly maxBatch: number;
  /** Milliseconds that a request waits for others though a worker is free; those that arrive together run together with 0 too. */
  readonly maxWait: number;
  /** Requests that wait at most. */
  readonly maxQueue: number;
  /** Seconds until a request is given up. */
  readonly deadline: number;
  /** Requests a minute from one address; 0 for any number. */
  readonly rateLimit: number;
  /** Origins of pages elsewhere that may ask. */
  readonly cors: readonly string[];
  /** MiB of a request that is held in memory. */
  readonly maxBody: number;
  /** MiB of a file that is sent. */
  readonly maxUpload: number;
  /** MiB that a file may unpack to. */
  readonly maxUnpacked: number;
  /** MiB of requests that wait or are being received, together. */
  readonly maxMemory: number;
  /** Seconds that requests are given to end when the server is stopped. */
  readonly drain: number;
  /** Seconds between two looks at the runs. */
  readonly watch: number;
}

export const defaults: ServerSettings = {
  host: '127.0.0.1',
  port: 8000,
  apiKeys: [],
  workers: 2,
  maxBatch: 64,
  maxWait: 0,
  maxQueue: 256,
  deadline: 60,
  rateLimit: 0,
  cors: [],
  maxBody: 32,
  maxUpload: 256,
  maxUnpacked: 1024,
  maxMemory: 512,
  drain: 30,
  watch: 2,
};

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host is this machine alone. */
export const isLoopback = (host: string): boolean => loopback.test(host);
