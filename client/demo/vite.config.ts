import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds a local stack. */
const STACK = 'http://127.0.0.1:7071';

export default defineConfig({
  base: './',
  // The workspace's package as an app has it, but from its source: there is nothing to build first.
  resolve: { alias: { '@myriadsync/client': fileURLToPath(new URL('../packages/client/src/index.ts', import.meta.url)) } },
  build: {
    target: 'es2022',
    // A font or an image within the style sheet would need a weaker security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': STACK, '/dev': STACK } },
});
