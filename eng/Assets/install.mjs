// Runs `npm ci` once for the lock file as it stands, then writes the stamp that the build looks at.
// Two builds at once: the first takes the lock folder, the others wait for its stamp.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const stamp = join(here, '.stamp');
const lock = join(here, '.stamp.lock');
const wanted = readFileSync(join(here, 'package-lock.json'), 'utf8');
const isDone = () => { try { return readFileSync(stamp, 'utf8') === wanted && statSync(join(here, 'node_modules')).isDirectory(); } catch { return false; } };
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

for (;;) {
  if (isDone()) { touch(); process.exit(0); }
  try { mkdirSync(lock); break; } catch { /* another build holds it */ }
  try { if (Date.now() - statSync(lock).mtimeMs > 600_000) rmSync(lock, { recursive: true, force: true }); } catch { /* just released */ }
  sleep(200);
}
try {
  if (!isDone()) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
      { cwd: here, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  }
  touch();
} finally {
  rmSync(lock, { recursive: true, force: true });
}

function touch() { writeFileSync(stamp, wanted); }
