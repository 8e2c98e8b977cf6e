import { expect, it } from 'vitest';
import { crc32c } from '../../../core/files/crc32c.ts';

const bytes = (of: (i: number) => number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => of(i));

it.each([
  // RFC 3720, appendix B.4, where the CRC stands with its lowest byte first.
  ['32 bytes of zeroes', bytes(() => 0), 0x8a9136aa],
  ['32 bytes of ones', bytes(() => 0xff), 0x62a8ab43],
  ['32 bytes that rise', bytes((i) => i), 0x46dd794e],
  ['32 bytes that fall', bytes((i) => 31 - i), 0x113fdb5c],
  [
    'an iSCSI command',
    Buffer.from(
      '01c00000000000000000000000000000140000000000040000000014000000182800000000000000020000000000' + '0000',
      'hex',
    ),
    0xd9963a56,
  ],
  // The check value of CRC-32C in the catalogue of G. Cook.
  ['"123456789"', Buffer.from('123456789'), 0xe3069283],
  ['nothing', new Uint8Array(), 0],
])('%s', (_, data, expected) => {
  expect(crc32c(data)).toBe(expected);
});
