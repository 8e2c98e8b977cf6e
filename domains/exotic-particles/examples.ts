// Events that work when pasted.
import type { EventRequest } from './event-request.ts';

export const examples: EventRequest[] = [];
