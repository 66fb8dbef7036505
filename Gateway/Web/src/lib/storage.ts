/** `localStorage` that is allowed to be missing or full: what cannot be kept lives as long as the page. */
const memory = new Map<string, string>();
const prefix = 'story.';

export function keep(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(prefix + key, text);
    memory.delete(key);
  } catch {
    // Private mode or a full disk: the copy in memory serves this page, and outranks what the disk still has.
    memory.set(key, text);
  }
}

export function kept<T>(key: string): T | null {
  let text = memory.get(key) ?? null;
  try {
    text ??= localStorage.getItem(prefix + key);
  } catch {
    // As above.
  }
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

/** Calls back when another tab of this device changes the key. Returns how to stop. */
export function watch(key: string, changed: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === prefix + key) changed();
  };
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}

/** Forgets what starts with one prefix but not with another: what earlier sessions left. */
export function sweep(starting: string, but: string): void {
  const stale = (key: string) => key.startsWith(starting) && !key.startsWith(but);
  for (const key of [...memory.keys()].filter(stale)) memory.delete(key);
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && stale(key.slice(prefix.length))) localStorage.removeItem(key);
    }
  } catch {
    // As above.
  }
}
