/** `npm run types`: the program and the console are two worlds to the compiler, one without a browser and one with. */
import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { explain } from './install.mjs'
import { runTool, step } from './phase.mjs'

/** Name and work of each check. */
export const TYPE_CHECKS = [
  ['types', 'tsconfig.json'],
  ['types of the console', 'console/tsconfig.json'],
].map(([name, project]) => [name, () => runTool('typescript/bin/tsc', ['-p', project, '--noEmit'])])

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, work] of TYPE_CHECKS) {
    try {
      await step(name, work)
    } catch (error) {
      explain(error)
      process.exitCode = 1
    }
  }
}
