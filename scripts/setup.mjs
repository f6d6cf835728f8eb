// Prepares the checkout, then runs a script of the workspace on the pinned Node:
//   node scripts/setup.mjs scripts/test.ts [arguments]
// Plain JavaScript, for it starts on whatever Node (20 or newer) the reader has. npm alone is needed: npx brings the pinned pnpm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (file) => readFileSync(join(root, file));
const { packageManager, engines } = JSON.parse(read('package.json'));

if (Number(process.versions.node.split('.')[0]) < Number.parseInt(engines.node.slice(2), 10)) {
  console.error(`Headstart needs Node ${engines.node} to start (it brings its own newer one), got ${process.versions.node}.`);
  process.exit(1);
}

const stamp = join(root, 'node_modules/.headstart-install');
const wanted = installHash();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing the dependencies (one or two minutes, once)…');
  const install = pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], { stdio: 'pipe', encoding: 'utf8' });
  if (install.status !== 0) {
    console.error(`${install.stdout ?? ''}${install.stderr ?? ''}`);
    console.error('The installation failed. Is the npm registry within reach?');
    process.exit(install.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

// Ctrl-C is for the script, which stops by itself and says what can be resumed.
process.on('SIGINT', () => undefined);
const run = pnpm(['exec', 'node', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 130);

function pnpm(args, options) {
  // pnpm overwrites npm's INIT_CWD, the folder that the reader is in.
  const env = {
    ...process.env,
    HEADSTART_CWD: process.env.INIT_CWD ?? process.cwd(),
    TURBO_TELEMETRY_DISABLED: '1',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  };
  const npx = ['--yes', '--prefer-offline', packageManager, ...args];
  return spawnSync('npx', npx, { cwd: root, env, shell: process.platform === 'win32', ...options });
}

/** Hash of everything an installation follows from. */
function installHash() {
  const manifests = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
  const hash = createHash('sha256');
  for (const file of ['package.json', 'examples/package.json', ...manifests, 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(existsSync(join(root, file)) ? read(file) : '');
  }
  return hash.digest('hex');
}
