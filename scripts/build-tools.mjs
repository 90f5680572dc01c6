/** What compiling the SQLite binding needs (python3, make, a C++ compiler), and how each system's package manager calls it. */
import { installSystemPackages, onPath } from './system-packages.mjs'

const NEEDED = [
  { name: 'python3', called: { pacman: 'python' } },
  { name: 'make' },
  { name: 'g++', called: { dnf: 'gcc-c++', yum: 'gcc-c++', zypper: 'gcc-c++', pacman: 'gcc' } },
]

/** Other compilers that do as well. */
const COMPILERS = ['g++', 'clang++', 'c++']

/** The programs of the three that this machine lacks. */
export function missingBuildTools() {
  return NEEDED.map(({ name }) => name).filter(
    (name) => !(name === 'g++' ? COMPILERS : [name]).some((program) => onPath(program) !== null),
  )
}

/** Installs the named programs; a fault's message says what the reader has to install by hand. */
export async function installBuildTools(missing) {
  await installSystemPackages(
    'The SQLite binding has to be compiled here',
    NEEDED.filter(({ name }) => missing.includes(name)),
  )
}
