/**
 * Keeps the screen on while the page is seen, where the browser can (it needs a secure context, so on a plain LAN
 * address nothing happens). Returns how to stop.
 */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let stopped = false;
  const ask = async () => {
    if (stopped || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
    } catch {
      // Low battery or not allowed: the phone sleeps as it would anyway.
    }
  };
  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release().catch(() => undefined);
  };
}
