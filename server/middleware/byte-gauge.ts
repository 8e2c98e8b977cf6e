// Bytes that requests hold together, in memory or on disk: who would take them beyond their limit is told to come again.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from '../http-error.ts';

export class ByteGauge {
  private held = 0;

  /** @param most bytes together */
  constructor(
    private readonly most: number,
    private readonly onRefuse: () => void,
  ) {}

  /**
   * Takes what a body may come to, until the answer is over.
   *
   * @param limit bytes of one body: what it is counted as where it does not say its length, or is packed
   * @throws HttpError when there is no room for it
   */
  take({ headers }: IncomingMessage, response: ServerResponse, limit: number): void {
    const length = Number(headers['content-length']);
    const plain = headers['content-encoding'] === undefined;
    const bytes = plain && Number.isFinite(length) ? Math.min(length, limit) : limit;
    if (this.held + bytes > this.most) {
      this.onRefuse();
      throw new HttpError('busy', 'other requests take all the room there is for them; try again later', {
        'retry-after': '1',
      });
    }
    this.held += bytes;
    response.once('close', () => {
      this.held -= bytes;
    });
  }
}
