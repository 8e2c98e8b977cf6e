// Sends what a worker has answered.
import type { ServerResponse } from 'node:http';
import type { Replied } from '../inference/inference.ts';

export function sendReply(response: ServerResponse, { status, headers, body }: Replied): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}
