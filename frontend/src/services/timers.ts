/** Named one-shot timers: asking again under a name that already waits does nothing. */
export class Timers {
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private stopped = false;

  after(name: string, ms: number, action: () => void): void {
    if (this.waiting.has(name) || this.stopped) return;
    const run = () => {
      this.waiting.delete(name);
      action();
    };
    this.waiting.set(name, setTimeout(run, ms));
  }

  /** None fires from now on. */
  stop(): void {
    this.stopped = true;
    for (const timer of this.waiting.values()) clearTimeout(timer);
  }
}

/** `soon()` calls `action` after `ms`, once for however many calls come until then. */
export function atMostEvery(ms: number, action: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    action();
  };
  return {
    soon: () => {
      timer ??= setTimeout(run, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
