// Plain trees of settings: reading and writing at a dotted path, and laying one over another. Lists are values: a
// list replaces a list, nothing is merged inside it.

export type ConfigTree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is ConfigTree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Defines an own property, also for a name like `__proto__`, which the schema then refuses like any unknown key. */
function define(target: ConfigTree, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

const own = (tree: ConfigTree, key: string): unknown => (Object.hasOwn(tree, key) ? tree[key] : undefined);

/** `over` laid over `base`; neither is changed. */
export function overlay(base: ConfigTree, over: ConfigTree): ConfigTree {
  const result: ConfigTree = {};
  for (const key of Object.keys(base)) define(result, key, base[key]);
  for (const key of Object.keys(over)) {
    const [below, above] = [own(base, key), over[key]];
    define(result, key, isTree(below) && isTree(above) ? overlay(below, above) : above);
  }
  return result;
}

/** A tree with one value at a path of keys. */
export function treeOf(path: readonly string[], value: unknown): ConfigTree {
  const result: ConfigTree = {};
  define(result, path[0], path.length === 1 ? value : treeOf(path.slice(1), value));
  return result;
}

/** The value at a path, and whether anything stands there. */
export function valueAt(tree: unknown, path: readonly PropertyKey[]): { found: boolean; value: unknown } {
  let at: unknown = tree;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part))
      return { found: false, value: undefined };
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return { found: true, value: at };
}

/** The leaves in which `tree` differs from `base`: [path, value]. */
export function differences(base: unknown, tree: ConfigTree, path = ''): [string, unknown][] {
  return Object.keys(tree).flatMap((key): [string, unknown][] => {
    const at = path === '' ? key : `${path}.${key}`;
    const below = isTree(base) ? own(base, key) : undefined;
    const value = tree[key];
    if (isTree(value)) return differences(below, value, at);
    return JSON.stringify(below) === JSON.stringify(value) ? [] : [[at, value]];
  });
}
