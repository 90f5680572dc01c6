import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const setupFiles = [fileURLToPath(new URL('test/property-seed.ts', import.meta.url))]

/** `unit` needs nothing but npm packages; `postgres` and `peers` start foreign programs and may take longer. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          include: ['src/**/*.test.ts', 'simulators/**/*.test.ts', 'console/**/*.test.ts'],
          exclude: ['src/**/*.postgres.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'postgres',
          setupFiles,
          include: ['src/**/*.postgres.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The examples import us by our published name; here that is the sources.
        resolve: {
          alias: {
            'entente/resource-server': fileURLToPath(new URL('src/resource-server/index.ts', import.meta.url)),
          },
        },
        test: {
          name: 'peers',
          setupFiles,
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
