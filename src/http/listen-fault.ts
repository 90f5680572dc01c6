/** Why the server cannot listen, in one sentence. */
import { faultsOf } from '../fault.ts'

export const listenFaults = {
  'server.cannot_listen': {
    kind: 'internal',
    message: 'The server cannot listen on its address.',
    remedy: 'Stop what uses the port, or set ENTENTE_LISTEN to another address and port.',
  },
} as const

const fault = faultsOf(listenFaults)
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'the port needs more rights than this process has',
  EADDRNOTAVAIL: 'this machine does not have the address',
}

export function listenFault({ host, port }: { host: string; port: number }, error: unknown) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return fault('server.cannot_listen', {
    message: `Cannot listen on ${host}:${port}: ${REASONS[code] ?? code}.`,
    cause: error,
  })
}
