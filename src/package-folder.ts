/** The folder of our package.json, found by walking up from this file: it lies elsewhere in a build than in the sources. */
import { readFileSync } from 'node:fs'

export interface OurPackage {
  readonly folder: URL
  readonly version: string
}

/** Null where somebody has taken this file out of the package. */
export function findOurPackage(): OurPackage | null {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const version = versionIn(folder)
    if (version !== null) return { folder, version }
    if (folder.pathname === '/') return null
  }
}

function versionIn(folder: URL): string | null {
  try {
    const json: unknown = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
    if (typeof json !== 'object' || json === null || !('version' in json) || !('name' in json)) return null
    return json.name === 'entente' && typeof json.version === 'string' ? json.version : null
  } catch {
    return null
  }
}
