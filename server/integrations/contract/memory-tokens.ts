import type { TokenStore } from "./ports";

/** Tokens kept for as long as this object: of a draft that is tested before it is saved, and in tests. */
export function memoryTokens(): TokenStore {
  const known = new Map<string, string>();
  return {
    async get(name, make) {
      const value = known.get(name) ?? (await make()).value;
      known.set(name, value);
      return value;
    },
    async drop(name, value) {
      if (known.get(name) === value) known.delete(name);
    },
  };
}
