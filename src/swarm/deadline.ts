/** A time that something has to end by. */
export interface Deadline extends Disposable {
  /** Aborts with a TimeoutError when the time is up, and with its own reason when one of the given signals aborts. */
  readonly signal: AbortSignal;
  /** True once the time was up before anything else aborted. */
  readonly passed: boolean;
}

/**
 * Unlike AbortSignal.timeout, one that lets go of everything when it is disposed of. That keeps whatever listens until the
 * time is up, however early the work ends: at many calls a second, each with a minute, that is memory.
 */
export function deadline(milliseconds: number, ...signals: readonly (AbortSignal | undefined)[]): Deadline {
  const controller = new AbortController();
  let passed = false;
  const timer = setTimeout(() => {
    passed = !controller.signal.aborted;
    controller.abort(new DOMException(`It took longer than ${milliseconds} ms.`, 'TimeoutError'));
  }, milliseconds);
  timer.unref();
  const releases = signals.map((signal) => follow(controller, signal));
  return {
    signal: controller.signal,
    get passed() {
      return passed;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const release of releases) release();
    },
  };
}

function follow(controller: AbortController, signal: AbortSignal | undefined): () => void {
  if (signal === undefined) return () => {};
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}
