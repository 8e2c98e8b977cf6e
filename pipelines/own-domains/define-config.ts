// deepfield.config.ts: which domains of the user's own this folder knows, by name.

export interface DeepfieldConfig {
  /** Modules by the names of their domains, relative to the file: `{ 'my-science': './domain.ts' }`. */
  readonly domains: Readonly<Record<string, string>>;
}

/** Checks the types of deepfield.config.ts where it is written. */
export const defineConfig = (config: DeepfieldConfig): DeepfieldConfig => config;
