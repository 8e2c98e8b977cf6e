// How every failure is told, whatever the route: in the words of the Open Inference Protocol, one key `error`.
import { z } from 'zod';

export const failure = z.object({
  error: z.string().describe('what is wrong, where, and how to mend it, in one line'),
});
