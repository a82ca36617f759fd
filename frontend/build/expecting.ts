/** Fails the build when a plugin never met what it is there to change: a library keeps it elsewhere. */

interface Expected {
  met(name: string): void;
  /** For the end of the build. */
  check(): void;
}

export function expecting(...names: readonly string[]): Expected {
  const unmet = new Set(names);
  return {
    met(name) {
      unmet.delete(name);
    },
    check() {
      if (unmet.size > 0)
        throw new Error(`The build looks for ${[...unmet].join(', ')} in vain (docs/forks.md).`);
    },
  };
}
