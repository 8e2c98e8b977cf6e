// The networks to choose from, by name.
import type { Architecture } from './architecture.ts';
import { paperNetwork } from './paper-network.ts';
import { standardNetwork } from './standard-network.ts';
import { manyEvents } from './standard-settings.ts';

export const architectures = {
  /** Logistic regression. */
  logistic: paperNetwork({ hidden: [] }),
  /** The paper's shallow network. */
  shallow: paperNetwork({ hidden: [300] }),
  /** The paper's deep network. */
  deep: paperNetwork({ hidden: [300, 300, 300, 300] }),
  /** The house's own, for tens of thousands of events and more; see standard-settings.ts. */
  standard: standardNetwork(manyEvents.network),
} as const satisfies Record<string, Architecture>;
