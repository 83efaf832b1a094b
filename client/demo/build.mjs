// Builds the pages into dist/. With --with-parent it ends when whoever started it does: the pipe of its standard input closes then, however that one ended.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

if (process.argv.includes('--with-parent')) {
  process.stdin.on('end', () => process.exit(1));
  process.stdin.resume();
}
await build({ root: fileURLToPath(new URL('.', import.meta.url)), logLevel: 'warn' });
process.exit(0);
