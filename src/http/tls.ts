/** TLS with reload: when the files change, new connections get the new certificate; a bad pair keeps the old one. */
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { FastifyInstance } from 'fastify'

export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** Renewals are days apart; ten seconds is soon. Polled, because watches get lost when files are replaced by links. */
const POLL_MS = 10_000

export function readPair({ certFile, keyFile }: TlsFiles): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) }
}

/** Watches the files for as long as the server runs. */
export function reloadOnChange(app: FastifyInstance, files: TlsFiles, pollMs = POLL_MS): void {
  let seen = stampOf(files)
  const timer = setInterval(() => {
    const stamp = stampOf(files)
    if (stamp === seen) return
    seen = stamp
    try {
      const pair = readPair(files)
      createSecureContext(pair) // throws on a pair that does not fit
      const { server } = app
      if ('setSecureContext' in server && typeof server.setSecureContext === 'function') server.setSecureContext(pair)
      app.log.info('TLS certificate reloaded')
    } catch (error) {
      app.log.error({ err: error }, 'the new TLS certificate cannot be used; the old one stays')
    }
  }, pollMs)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

function stampOf({ certFile, keyFile }: TlsFiles): string {
  return [certFile, keyFile]
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false })
      return stat === undefined ? 'none' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`
    })
    .join()
}
