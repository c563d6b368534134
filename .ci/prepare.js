import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

/**
 * Builds after `npm ci` in a checkout, so that `npx klantbrug` works there. npx links the checkout into its cache the
 * first time and runs this again: there is nothing to build then. An install without development packages has no
 * compiler, and gets its build from elsewhere.
 */
const isBuilt = process.env.npm_command === 'exec' && existsSync('dist/main.js');

if (!isBuilt && existsSync('node_modules/typescript')) {
  execSync('npm run build', { stdio: 'inherit' });
}
