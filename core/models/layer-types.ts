// Types of tfjs-layers that its door does not name.
import type { initializers, layers } from '@tensorflow/tfjs-layers';

export type LayerConfig = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;
export type Initializer = ReturnType<typeof initializers.zeros>;
