/**
 * A registry inside one transaction, so that several use cases are written together or not at all. What has to be asked
 * outside is asked between two runs: a transaction waits for nobody's network.
 */
import type { ProbeRequest, ProbeResult, Protocol } from '../../../registry/protocol.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { RegistryWrite } from '../../../registry/stores.ts'

type Probed = { readonly result: ProbeResult } | { readonly error: unknown }

/** What upstreams have said so far, what is still to be asked, and what the protocols are to forget once all has held. */
export interface Staging {
  readonly known: Map<string, Probed>
  readonly wanted: Map<string, () => Promise<ProbeResult>>
  readonly forgotten: (() => void)[]
}

/** Thrown where an upstream has to be asked first. */
export class NotAskedYet extends Error {
  override readonly name = 'NotAskedYet'
}

export function createStaging(): Staging {
  return { known: new Map(), wanted: new Map(), forgotten: [] }
}

/** The registry whose reads and writes are the transaction's, and whose upstreams answer from what is known. */
export function stagedRegistry(at: Registry, tx: RegistryWrite, staging: Staging): Registry {
  staging.forgotten.length = 0
  const protocols = Object.entries(at.protocols).map(([name, protocol]): [string, Protocol] => [
    name,
    {
      ...protocol,
      forget: (uid) => void staging.forgotten.push(() => protocol.forget?.(uid)),
      probe: async (request) => answerTo(name, protocol, request, staging),
    },
  ])
  return {
    ...at,
    stores: tx,
    write: (work) => work(tx),
    protocols: Object.fromEntries(protocols),
  }
}

function answerTo(
  name: string,
  protocol: Protocol,
  request: ProbeRequest,
  { known: all, wanted }: Staging,
): ProbeResult {
  const key = JSON.stringify([name, request])
  const known = all.get(key)
  if (known !== undefined) {
    if ('error' in known) throw known.error
    return known.result
  }
  const { probe } = protocol
  if (probe === undefined) return { expectedIssuer: request.issuer, settings: request.settings }
  wanted.set(key, () => probe(request))
  throw new NotAskedYet()
}

/** Questions on their way at once: neither a flood from here, nor one slow upstream behind the other. */
const SIDE_BY_SIDE = 32

/** Asks all that is wanted. */
export async function askWanted({ known, wanted }: Staging): Promise<void> {
  const questions = [...wanted]
  wanted.clear()
  const askNext = async () => {
    for (let next = questions.shift(); next !== undefined; next = questions.shift()) {
      const [key, ask] = next
      try {
        known.set(key, { result: await ask() })
      } catch (error) {
        known.set(key, { error })
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, askNext))
}
