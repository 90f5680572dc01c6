/** `entente keys`: changing the master key and adding a data key, beside servers that run. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import type { Config } from '../config.ts'
import { settings } from '../config-settings.ts'
import { Fault, type FaultCatalogue } from '../fault.ts'
import { keyFault, keyFaults } from '../keys/faults.ts'
import { abandonRewrap, finishRewrap, rewrapDataKeys, rotateDataKey } from '../keys/master-key.ts'
import { openSecrets } from '../secrets.ts'
import { openStorage } from '../storage/index.ts'
import type { Storage } from '../storage/storage.ts'
import { BAD_CONFIGURATION, readConfigOrExit, withSettings } from './read-config.ts'
import { type SealKeyFile, sealKeyFile } from './seal-key-file.ts'

const NEW_KEY = 'ENTENTE_NEW_SEAL_KEY'
const NEEDED = `give the new key in --new-key-file or ${NEW_KEY}: base64 of 32 random bytes`

interface Opened {
  readonly storage: Storage
  readonly masterKey: Uint8Array
  /** Null where the key in force was given and is kept elsewhere. */
  readonly keyFile: SealKeyFile | null
}

export function keysCommand(): Command {
  const rewrap = new Command('rewrap')
    .description('change the master key while servers run: wrap the data keys under a new one')
    .option('--new-key-file <file>', `file with the new key, base64 of 32 bytes (${NEW_KEY})`)
    .addOption(
      new Option('--finish', 'drop the old wrapping: the new key is in force everywhere').conflicts([
        'abandon',
        'newKeyFile',
      ]),
    )
    .addOption(new Option('--abandon', 'drop the new wrapping: the old key stays in force').conflicts('newKeyFile'))
  const rotate = new Command('rotate-data-key').description('add a data key that seals new secrets')
  return new Command('keys')
    .description('change the keys that seal secrets at rest')
    .addCommand(withSettings(rewrap).action(rewrapAction))
    .addCommand(withSettings(rotate).action(rotateAction))
}

async function rewrapAction(flags: Record<string, unknown>): Promise<void> {
  const given = newKeyOrExit(flags.newKeyFile)
  await withStorage(readConfigOrExit(flags), async ({ storage: { dataKeys: store }, masterKey, keyFile }) => {
    if (flags.finish === true) {
      const dropped = await finishRewrap({ store, masterKey })
      const isRemoved = keyFile?.removeOld() ?? false
      say(dropped === 0 && !isRemoved ? 'No change of the master key is open.' : FINISHED)
    } else if (flags.abandon === true) {
      const dropped = await abandonRewrap({ store, masterKey })
      keyFile?.removeDraft()
      say(dropped === 0 ? 'No change of the master key is open.' : 'Only the old key opens the database again.')
    } else if (keyFile === null) {
      if (given === null) return leave(NEEDED, BAD_CONFIGURATION)
      const count = await rewrapDataKeys({ store, masterKey, newMasterKey: keyOf(given), randomBytes })
      say(`${wrapped(count)}\n${NEXT_FOR_VARIABLES}`)
    } else {
      say(`${wrapped(await rewrapWithFile(store, masterKey, keyFile, given))}\n${nextFor(keyFile)}`)
    }
  })
}

/** The next key is on the disk first: a crash anywhere leaves a file that opens the database, and the next try goes on. */
async function rewrapWithFile(
  store: Storage['dataKeys'],
  masterKey: Uint8Array,
  keyFile: SealKeyFile,
  given: string | null,
): Promise<number> {
  const draft = keyFile.draft()
  // The database may know the draft already: it must not be lost.
  if (draft !== null && given !== null && draft !== given) throw keyFault('keys.rewrap_unfinished')
  const text = draft ?? given ?? randomBytes(32).toString('base64')
  if (draft === null) keyFile.writeDraft(text)
  const count = await rewrapDataKeys({ store, masterKey, newMasterKey: keyOf(text), randomBytes })
  keyFile.replace()
  return count
}

async function rotateAction(flags: Record<string, unknown>): Promise<void> {
  await withStorage(readConfigOrExit(flags), async ({ storage: { dataKeys: store }, masterKey }) => {
    const id = await rotateDataKey({ store, masterKey, now: () => new Date(), randomBytes })
    say(
      `Data key ${id} was added. Servers seal new secrets with it in a few minutes; the old ones open what they sealed.`,
    )
  })
}

async function withStorage(config: Config, work: (opened: Opened) => Promise<void>): Promise<void> {
  let storage: Storage | null = null
  try {
    const { databaseUrl, dataDir, sealKey } = config
    const file = /^sqlite:(.+)$/.exec(databaseUrl)?.[1]
    const keyFile = sealKey === null ? sealKeyFile(dataDir) : null
    // A server makes what is missing at its first start; here it means that something else was meant.
    for (const one of [file, keyFile?.path]) {
      if (one !== undefined && !existsSync(one)) return leave(`there is no ${one}: is ENTENTE_DATA right?`, 1)
    }
    // The operator's token is none of our business: any text keeps one from being made.
    const engine = file === undefined ? 'postgres' : 'sqlite'
    const { masterKey } = openSecrets({ dataDir, engine, sealKey, operatorToken: '', randomBytes })
    storage = await openStorage({ url: databaseUrl, now: () => new Date(), poolSize: 2 })
    await work({ storage, masterKey, keyFile })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const catalogue: FaultCatalogue = keyFaults
    const remedy = catalogue[error.code]?.remedy
    leave(`${error.message} (${error.code})${remedy === undefined ? '' : `\n  ${remedy}`}`, 1)
  } finally {
    await storage?.close()
  }
}

/** The given new key in base64, or null; a bad one ends the process. */
function newKeyOrExit(file: unknown): string | null {
  const variable = process.env[NEW_KEY]
  // No setting of the server, so that reading the configuration would warn of it.
  delete process.env[NEW_KEY]
  const text = typeof file === 'string' ? readOrExit(file) : variable
  if (text === undefined) return null
  const read = settings.sealKey.read(text)
  if ('value' in read) return Buffer.from(read.value).toString('base64')
  process.stderr.write(`entente: ${typeof file === 'string' ? '--new-key-file' : NEW_KEY} ${read.fault}\n`)
  process.exit(BAD_CONFIGURATION)
}

function readOrExit(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    process.stderr.write('entente: --new-key-file cannot be read\n')
    process.exit(BAD_CONFIGURATION)
  }
}

function keyOf(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64')
}

const BACKUPS = 'Backups made before this need the old key: keep it as long as you keep them.'
const FINISHED = `Done: only the key in force opens the database.\n${BACKUPS}`
const NEXT_FOR_VARIABLES = `Running servers go on. Next, at leisure:
  1. give every process the new key in ENTENTE_SEAL_KEY and restart it
  2. when all run with it: entente keys rewrap --finish
To go back instead, with the old key in force: entente keys rewrap --abandon`

function wrapped(count: number): string {
  return count === 1 ? '1 data key is wrapped under both keys.' : `${count} data keys are wrapped under both keys.`
}

function nextFor({ path, oldPath }: SealKeyFile): string {
  return `${path} holds the new key, ${oldPath} the old one. A running server goes on and takes the new one at its next start.
Next: back up ${path}, then entente keys rewrap --finish`
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Not `process.exit`: the database is closed first. */
function leave(text: string, code: number): void {
  process.stderr.write(`entente: ${text}\n`)
  process.exitCode = code
}
