/** What compiling the SQLite binding needs (python3, make, a C++ compiler), and how each system's package manager calls it. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './phase.mjs'

const NEEDED = ['python3', 'make', 'g++']

const MANAGERS = [
  {
    program: 'apt-get',
    refresh: ['update', '-qq'],
    install: ['install', '-y', '-qq', '--no-install-recommends'],
    packages: { python3: 'python3', make: 'make', 'g++': 'g++' },
  },
  {
    program: 'dnf',
    install: ['install', '-y', '-q'],
    packages: { python3: 'python3', make: 'make', 'g++': 'gcc-c++' },
  },
  {
    program: 'yum',
    install: ['install', '-y', '-q'],
    packages: { python3: 'python3', make: 'make', 'g++': 'gcc-c++' },
  },
  {
    program: 'apk',
    install: ['add', '--no-progress', '--quiet'],
    packages: { python3: 'python3', make: 'make', 'g++': 'g++' },
  },
  {
    program: 'zypper',
    install: ['--non-interactive', 'install'],
    packages: { python3: 'python3', make: 'make', 'g++': 'gcc-c++' },
  },
  {
    program: 'pacman',
    install: ['-Sy', '--noconfirm', '--needed'],
    packages: { python3: 'python', make: 'make', 'g++': 'gcc' },
  },
]

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))
}

/** The programs of the three that this machine lacks. */
export function missingBuildTools() {
  return NEEDED.filter((program) => !onPath(program) && !(program === 'g++' && (onPath('clang++') || onPath('c++'))))
}

/** Installs the named programs; a fault's message says what the reader has to install by hand. */
export async function installBuildTools(missing) {
  const manager = MANAGERS.find((candidate) => onPath(candidate.program))
  const byHand = `Please install ${missing.join(', ')} and run the command again.`
  if (manager === undefined) {
    throw new Error(`The SQLite binding has to be compiled here, and no package manager was found. ${byHand}`)
  }
  const root = process.getuid?.() === 0
  if (!root && !onPath('sudo')) {
    throw new Error(`The SQLite binding has to be compiled here, which needs rights this user lacks. ${byHand}`)
  }
  // `sudo -n` never asks: without a standing permission it fails at once, and the sentence below says what to do.
  const manage = (args) =>
    root
      ? run(manager.program, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
      : run('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', manager.program, ...args])
  try {
    if (manager.refresh !== undefined) await manage(manager.refresh)
    await manage([...manager.install, ...missing.map((program) => manager.packages[program])])
  } catch (error) {
    throw new Error(`${manager.program} could not install them (${error.message}). ${byHand}`, { cause: error })
  }
}
