/** How the window's page is built and its tests are run. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    // The oldest web views that Tauri 2 meets on the systems we ship for.
    target: ['chrome111', 'safari16.4'],
    // Two chunks need no preloading, and the polyfill would fetch.
    modulePreload: false,
  },
  server: { strictPort: true },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test-setup.ts'],
    testTimeout: 30_000,
  },
});
