// Binds an HTTP server to its address.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../core/errors.ts';
import type { ServerSettings } from './settings.ts';

/** Codes of the system for an address that cannot be had, whoever is at fault. */
const refused = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'];

/** @returns where it listens: `http://127.0.0.1:8000`. @throws UserError when the address cannot be had */
export async function listen(
  server: Server,
  { host, port }: Pick<ServerSettings, 'host' | 'port'>,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (!refused.includes(error.code ?? '')) return reject(error);
      const what = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened at (${error.code})`;
      const how = 'choose another --port or --host';
      reject(new UserError({ what, where: `${host}:${port}`, how, cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: own } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${own}`;
}
