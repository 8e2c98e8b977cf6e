// How every failure is told, whatever the route: in the words of the Open Inference Protocol, by a key `error`.
import { z } from 'zod';

export const failure = z.object({
  error: z.string().describe('what is wrong, where, and how to mend it, in one line'),
  index: z.number().int().min(0).optional().describe('which item it is about, from 0'),
});
