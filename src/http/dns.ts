/** TXT records, asked of the operator's resolvers or the system's. Source: RFC 1035 §3.3.14; node:dns. */
import { promises as dns } from 'node:dns'
import { outboundFault } from './outbound-faults.ts'

export interface TxtLookupOptions {
  /** Empty: the system's. */
  readonly servers: readonly { readonly host: string; readonly port: number }[]
  /** Of one try; there are two. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 2_000
const TRIES = 2
/** No domain that means well has more, and none of them is longer than a page. */
const RECORDS = 100
const CHARACTERS = 4_096

/** What a resolver answers where the name or the type is not there. */
const NOTHING: readonly string[] = ['ENOTFOUND', 'ENODATA']

/** Answers the texts of a name; none where it has none. Faults: dns.unavailable where nobody answered. */
export function createTxtLookup({ servers, timeoutMs = TIMEOUT_MS }: TxtLookupOptions) {
  return async (name: string): Promise<readonly string[]> => {
    // One for each question: a resolver keeps its servers' state, and proofs are rare.
    const resolver = new dns.Resolver({ timeout: timeoutMs, tries: TRIES })
    if (servers.length > 0) resolver.setServers(servers.map(({ host, port }) => address(host, port)))
    try {
      const records = await resolver.resolveTxt(name)
      return records.slice(0, RECORDS).map((parts) => parts.join('').slice(0, CHARACTERS))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (NOTHING.includes(code)) return []
      throw outboundFault('dns.unavailable', { cause: error })
    }
  }
}

function address(host: string, port: number): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`
}
