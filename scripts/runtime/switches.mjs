/** Chromium refuses to sandbox itself for root (containers, CI); an ordinary user keeps the sandbox. */
export function electronSwitches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
