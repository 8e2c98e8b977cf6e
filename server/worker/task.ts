// What is asked of a worker thread, and what it answers: plain data, since it travels between threads. The bodies of a batch
// travel as one buffer.
import type { MessagePort } from 'node:worker_threads';
import type { RunFacts } from '../catalogue/run-facts.ts';

/** A run on disk in the state in which it was described; a changed one has another stamp. */
export interface RunReference {
  readonly root: string;
  readonly stamp: string;
}

/** Pieces of bytes that travel as one. */
export interface Packed {
  readonly bytes: Uint8Array;
  /** Where each piece ends. */
  readonly ends: readonly number[];
}

/** What a request to a network says outside its body. */
export interface InferMeta {
  readonly model: string;
  readonly version: string;
  /** Length of the JSON before the bytes of tensors; all of the body when left out. */
  readonly headerLength?: number;
}

/** What a request to a domain says outside its body. */
export interface ItemsMeta {
  readonly version: string;
  /** Whether panels are wanted beside the first answers. */
  readonly panels: boolean;
}

export interface InferTask {
  readonly kind: 'infer';
  readonly run: RunReference;
  readonly network: string;
  readonly requests: readonly InferMeta[];
  readonly bodies: Packed;
}

export interface ItemsTask {
  readonly kind: 'items';
  readonly run: RunReference;
  readonly requests: readonly ItemsMeta[];
  readonly bodies: Packed;
}

export interface FileTask {
  readonly kind: 'file';
  readonly run: RunReference;
  readonly version: string;
  /** The file as the server named it, in a folder of its own. */
  readonly path: string;
  /** How answers and errors call it. */
  readonly name: string;
  /** Parameters of the query. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether panels are wanted beside the first answers. */
  readonly panels: boolean;
  /** Where the answer goes where it is to be a file. */
  readonly out?: string;
  /** Most bytes that it may unpack to. */
  readonly mostUnpacked: number;
  /** A message on it asks the work to stop. */
  readonly stop: MessagePort;
}

export type Task =
  | InferTask
  | ItemsTask
  | FileTask
  | { readonly kind: 'describe'; readonly run: RunReference }
  /** Makes a thread ready for requests. */
  | { readonly kind: 'open'; readonly run: RunReference };

/** What {@link Assignment.native} is when the thread is about to be ended. */
export const doomed = -(2 ** 30);

/** A task on its way to a thread. */
export interface Assignment {
  readonly task: Task;
  /** One number in shared memory: how many networks run, while the thread must not be ended; below 0 none may begin. */
  readonly native: Int32Array<SharedArrayBuffer>;
}

/** What came of one request. `bug` is the stack of an error that is nobody's mistake. */
export interface ReplyHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bug?: string;
}

/** What came of a batch. */
export interface BatchReply {
  readonly heads: readonly ReplyHead[];
  readonly bodies: Packed;
  readonly rows: number;
  /** Seconds of work. */
  readonly seconds: number;
}

/** What came of a file: JSON, and the file that answers it where one was asked for. */
export interface FileReply {
  readonly json: string;
  readonly written: boolean;
  readonly seconds: number;
}

/** A file that unpacks to more than it may. */
export interface FileTooLarge {
  /** What, where, how to mend it, in one line. */
  readonly tooLarge: string;
}

export type ReplyOf<T extends Task> = T extends { kind: 'describe' }
  ? RunFacts
  : T extends FileTask
    ? FileReply | FileTooLarge
    : T extends { kind: 'open' }
      ? null
      : BatchReply;
