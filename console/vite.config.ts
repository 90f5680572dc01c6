/**
 * Builds the console to `dist/console`. To work on it: `ENTENTE_URL=http://localhost:5173 npm start` beside
 * `npx vite console`, which hands everything but the console on to the server.
 */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const SERVER = `http://${process.env.ENTENTE_LISTEN ?? '127.0.0.1:8480'}`

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // One sheet, linked in the page: none is put in by script.
    cssCodeSplit: false,
    // Browsers that run this know preloading, and data: addresses are for images alone.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: { '^/(?!console/)|^/console/config\\.json': SERVER } },
})
