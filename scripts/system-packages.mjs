/** Installs through the system's package manager, as root or with a standing permission of sudo. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './phase.mjs'

const MANAGERS = [
  {
    program: 'apt-get',
    refresh: ['update', '-qq'],
    install: ['install', '-y', '-qq', '--no-install-recommends'],
  },
  { program: 'dnf', install: ['install', '-y', '-q'] },
  { program: 'yum', install: ['install', '-y', '-q'] },
  { program: 'apk', install: ['add', '--no-progress', '--quiet'] },
  { program: 'zypper', install: ['--non-interactive', 'install'] },
  { program: 'pacman', install: ['-Sy', '--noconfirm', '--needed'] },
]

/** The program's file on the path; null where it is not. */
export function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null
}

/**
 * Installs what is missing: `{ name, called }` each, `called` naming it for managers that call it otherwise. `why` begins the
 * sentence of a fault, which ends with what the reader has to install by hand.
 */
export async function installSystemPackages(why, missing) {
  const manager = MANAGERS.find((candidate) => onPath(candidate.program) !== null)
  const byHand = `Please install ${missing.map(({ name }) => name).join(', ')} and run the command again.`
  if (manager === undefined) throw new Error(`${why}, and no package manager was found. ${byHand}`)
  const root = process.getuid?.() === 0
  if (!root && onPath('sudo') === null) throw new Error(`${why}, which needs rights this user lacks. ${byHand}`)
  // `sudo -n` never asks: without a standing permission it fails at once, and the sentence below says what to do.
  const manage = (args) =>
    root
      ? run(manager.program, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
      : run('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', manager.program, ...args])
  try {
    if (manager.refresh !== undefined) await manage(manager.refresh)
    await manage([...manager.install, ...missing.map(({ name, called }) => called?.[manager.program] ?? name)])
  } catch (error) {
    throw new Error(`${manager.program} could not install them (${error.message}). ${byHand}`, { cause: error })
  }
}
