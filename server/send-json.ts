// JSON as the whole of an answer, whatever was begun before it.
import type { ServerResponse } from 'node:http';

/** The type that JSON is sent as. */
export const jsonType = 'application/json; charset=utf-8';

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.statusCode = status;
  response.setHeader('Content-Type', jsonType);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
