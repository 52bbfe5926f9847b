/** Follows changes of reports. The browser resumes the stream where it was cut; after a reset everything is read anew. */

/**
 * @param {(change: {reportKey: string, version: number}|null) => void} changed null when changes may have been missed
 * @param {(live: boolean) => void} standing told when the stream opens or breaks
 */
export function follow(changed, standing) {
  const source = new EventSource('/api/reports/stream');
  let broken = false;
  source.addEventListener('open', () => {
    standing(true);
    if (broken) {
      broken = false;
      changed(null);
    }
  });
  source.addEventListener('error', () => {
    broken = true;
    standing(false);
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(changed, standing), 5000);
    }
  });
  source.addEventListener('report-changed', event => changed(JSON.parse(event.data)));
  source.addEventListener('reset', () => changed(null));
}

/** Calls at once, then no more often than so many milliseconds; the last call is never lost. */
export function calmly(call, pause) {
  let waiting = null;
  let last = 0;
  return () => {
    if (waiting) {
      return;
    }
    waiting = setTimeout(() => {
      waiting = null;
      last = Date.now();
      call();
    }, Math.max(0, last + pause - Date.now()));
  };
}
