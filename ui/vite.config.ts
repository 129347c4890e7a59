/** Builds the dashboard to dist/dashboard; in development, serves it and passes API calls to a running engine. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const engine = 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    target: 'es2023',
    // The charts are one lazy chunk: larger than the warning's default, and meant to be.
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/v1': engine, '/openapi.json': engine, '/docs': engine },
  },
});
