/**
 * The change of the generated key file `seal-key`: the new key is on the disk before the database knows it, and takes
 * the old one's place after. A crash between two steps leaves a file that opens the database.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

export interface SealKeyFile {
  readonly path: string
  readonly oldPath: string
  /** What an interrupted change left, or null. */
  draft(): string | null
  /** Keeps the text as the next key, durably. */
  writeDraft(text: string): void
  /** The next key becomes the key; the one before stays as `oldPath`. */
  replace(): void
  removeDraft(): void
  /** False when there was none. */
  removeOld(): boolean
}

/** The key file of a data directory and its neighbours, all 0600. */
export function sealKeyFile(dataDir: string): SealKeyFile {
  const path = join(dataDir, 'seal-key')
  const [oldPath, nextPath] = [`${path}.old`, `${path}.next`]
  const remove = (one: string) => {
    const isThere = existsSync(one)
    rmSync(one, { force: true })
    syncDirectory(dataDir)
    return isThere
  }
  return {
    path,
    oldPath,
    draft: () => (existsSync(nextPath) ? readFileSync(nextPath, 'utf8').trim() : null),
    writeDraft(text) {
      // Written whole under another name: half a key must not be taken up by the next try.
      const part = `${nextPath}.${process.pid}`
      const file = openSync(part, 'w', 0o600)
      writeSync(file, `${text}\n`)
      fsyncSync(file)
      closeSync(file)
      renameSync(part, nextPath)
      syncDirectory(dataDir)
    },
    replace() {
      rmSync(oldPath, { force: true })
      linkSync(path, oldPath)
      renameSync(nextPath, path)
      syncDirectory(dataDir)
    },
    removeDraft: () => void remove(nextPath),
    removeOld: () => remove(oldPath),
  }
}

/** A name is durable when its directory is; Windows has no such call and needs none. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
