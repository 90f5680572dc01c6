/** Opens the connection of one outbound request to addresses that were checked before; nothing here resolves a name. */
import { X509Certificate } from 'node:crypto'
import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import {
  checkServerIdentity,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  connect as tlsConnect,
} from 'node:tls'
import { LRUCache } from 'lru-cache'

export interface SocketRequest {
  /** Checked, in the order to try; never empty. */
  readonly addresses: readonly string[]
  readonly port: number
  /** The name in the URL; the certificate must be for it. */
  readonly host: string
  readonly isTls: boolean
  /** Null: only the usual authorities. */
  readonly context: SecureContext | null
}

export function openSocket(
  request: SocketRequest,
  callback: (error: Error | null, socket: Socket | null) => void,
): Socket {
  const { host, port, addresses } = request
  const first = addresses[0] ?? ''
  // One address: it goes to the socket itself. Several: the lookup hands out the checked ones and knows no other.
  const where = addresses.length === 1 ? { host: first } : { host, lookup: handOut(addresses), autoSelectFamily: true }
  const socket = request.isTls
    ? tlsConnect({
        ...where,
        port,
        ALPNProtocols: ['http/1.1'],
        minVersion: 'TLSv1.2',
        // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
        rejectUnauthorized: true,
        checkServerIdentity: (_connected, certificate) => checkServerIdentity(host, certificate),
        // RFC 6066 §3: an address is not a server name.
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(request.context === null ? {} : { secureContext: request.context }),
      })
    : connect({ ...where, port })
  const opened = request.isTls ? 'secureConnect' : 'connect'
  const failed = (error: Error) => callback(error, null)
  socket.once('error', failed)
  socket.once(opened, () => {
    socket.off('error', failed)
    callback(null, socket)
  })
  return socket
}

function handOut(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_host, options, callback) => {
    if (options.all === true) callback(null, all)
    else callback(null, all[0]?.address ?? '', all[0]?.family)
  }
}

/** Reading the hundred and more usual authorities takes milliseconds, so contexts are kept. */
const CONTEXTS = 100

/** Contexts that trust the usual authorities and the given ones. */
export function createTlsContexts(caPem: string | null): (requestCaPem: string | undefined) => SecureContext | null {
  const contexts = new LRUCache<string, SecureContext>({ max: CONTEXTS })
  const contextOf = (own: string) => {
    const extra = [caPem ?? '', own].filter((pem) => pem !== '').flatMap(certificatesIn)
    return createSecureContext({ ca: [...rootCertificates, ...extra], minVersion: 'TLSv1.2' })
  }
  // Made at the start, so that a broken file is told then.
  const usual = caPem === null ? null : contextOf('')
  return (requestCaPem) => {
    if (requestCaPem === undefined) return usual
    const context = contexts.get(requestCaPem) ?? contextOf(requestCaPem)
    contexts.set(requestCaPem, context)
    return context
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** Throws where there is none: OpenSSL takes a broken file for an empty one. */
function certificatesIn(pem: string): string[] {
  const found = pem.match(CERTIFICATE) ?? []
  if (found.length === 0) throw new Error('no certificate in the PEM text')
  for (const certificate of found) new X509Certificate(certificate)
  return [...found]
}
