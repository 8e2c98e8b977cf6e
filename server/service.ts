// What the routes have at hand: the runs, the workers, the settings, the log.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { Inference } from './inference/inference.ts';
import type { Metrics } from './metrics.ts';
import type { ByteGauge } from './middleware/byte-gauge.ts';
import type { ServerSettings } from './settings.ts';

export interface Service {
  readonly settings: ServerSettings;
  readonly catalogue: Catalogue;
  readonly inference: Inference;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Version of deepfield. */
  readonly version: string;
  /** Folder for files that are sent, this server's own. */
  readonly folder: string;
  /** Reads a body into memory. @throws HttpError when it is too large, or there is no room for it */
  readBody(request: IncomingMessage, response: ServerResponse): Promise<Buffer>;
  /** Room on disk for files that are sent. */
  readonly uploads: ByteGauge;
  /** True from the moment in which the server is asked to stop. */
  draining: boolean;
}
