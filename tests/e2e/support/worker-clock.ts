/** How a worker's clock is moved. */
export type ForwardedClock = {
  /** Time passes: timers that are due run, in their order. */
  forward(milliseconds: number): void;
  /** The machine slept, or its clock was wrong: the wall clock moves alone, and no timer runs. */
  jump(milliseconds: number): void;
};

/**
 * Runs inside a worker as it starts: a clock that goes on by itself, and that a test can move. Playwright's
 * clock does not reach SharedWorkers.
 */
export function installWorkerClock(): void {
  type Timer = { due: number; every: number | undefined; run: () => void; native: number };
  const [now, elapsed, start, stop] = [Date.now, performance.now.bind(performance), setTimeout, clearTimeout];
  const timers = new Map<number, Timer>();
  let slept = 0;
  let forwarded = 0;
  let lastId = 0;
  const time = () => elapsed() + forwarded;
  const arm = (id: number, timer: Timer) => {
    stop(timer.native);
    timer.native = start(() => fire(id, timer), Math.max(0, timer.due - time())) as unknown as number;
  };
  const fire = (id: number, timer: Timer) => {
    if (timers.get(id) !== timer) return;
    if (timer.every === undefined) timers.delete(id);
    else {
      timer.due += Math.max(1, timer.every);
      arm(id, timer);
    }
    timer.run();
  };
  const set = (repeats: boolean) => (handler: TimerHandler, delay = 0, ...parameters: unknown[]) => {
    lastId += 1;
    const run = () => (handler as (...parameters: unknown[]) => void)(...parameters);
    const timer: Timer = { due: time() + Math.max(0, delay), every: repeats ? delay : undefined, run, native: 0 };
    timers.set(lastId, timer);
    arm(lastId, timer);
    return lastId;
  };
  const clear = (id?: number) => {
    stop(timers.get(id ?? 0)?.native);
    timers.delete(id ?? 0);
  };
  const wallClock = () => now() + forwarded + slept;
  const clock: ForwardedClock = {
    forward(milliseconds) {
      const end = time() + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due);
        if (!next) break;
        forwarded += Math.max(0, next[1].due - time());
        fire(...next);
      }
      forwarded += Math.max(0, end - time());
      for (const [id, timer] of timers) arm(id, timer);
    },
    jump(milliseconds) {
      slept += milliseconds;
    },
  };
  const MovedDate = class extends Date {
    constructor(...parameters: number[]) {
      super(...((parameters.length === 0 ? [wallClock()] : parameters) as [number]));
    }
    static now = wallClock;
  };
  Object.assign(globalThis, { Date: MovedDate, setTimeout: set(false), setInterval: set(true), clearTimeout: clear, clearInterval: clear });
  Object.assign(globalThis, { journeyClock: clock });
  performance.now = time;
}
