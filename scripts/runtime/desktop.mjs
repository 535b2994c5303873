// Runs a command inside a desktop session of its own: virtual display, D-Bus, unlocked keyring.
import { spawn } from 'node:child_process';

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

const SESSION = [
  'set -e',
  'printf "instruire\\n" | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1',
  'exec xvfb-run -a --server-args="-screen 0 1440x960x24" "$@"',
].join('\n');

/**
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<number>} exit code; 124 when the time bound was reached
 */
export function runInDesktop(command, options = {}) {
  const full = hasDisplay() ? command : ['dbus-run-session', '--', 'bash', '-c', SESSION, 'instruire', ...command];
  return runBounded(full, options);
}

/** Runs a command with inherited output; its whole process group ends with it or with the time bound. */
export function runBounded([program, ...args], { env = process.env, timeoutMs = 0, onSpawn = () => undefined } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'inherit', env, detached: process.platform !== 'win32' });
    onSpawn(child);
    let timedOut = false;
    const stop = (signal) => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
      } catch {
        // The group is already gone.
      }
    };
    const timer = timeoutMs > 0 ? setTimeout(() => { timedOut = true; stop('SIGKILL'); }, timeoutMs) : undefined;
    const forward = () => stop('SIGTERM');
    process.once('SIGINT', forward);
    process.once('SIGTERM', forward);
    const finish = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      stop('SIGKILL');
      done(timedOut ? 124 : (code ?? 1));
    };
    child.on('exit', finish);
    child.on('error', (error) => {
      console.error(error.message);
      finish(127);
    });
  });
}
