/**
 * A registry inside one transaction, so that several use cases are written together or not at all. What has to be asked
 * outside is asked between two runs: a transaction waits for nobody's network.
 */
import type { ProbeRequest, ProbeResult, Protocol } from '../../../registry/protocol.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { RegistryWrite } from '../../../registry/stores.ts'

type Probed = { readonly result: ProbeResult } | { readonly error: unknown }

/** What upstreams have said so far, and what is still to be asked. */
export interface Answers {
  readonly known: Map<string, Probed>
  readonly wanted: Map<string, () => Promise<ProbeResult>>
}

/** Thrown where an upstream has to be asked first. */
export class NotAskedYet extends Error {
  override readonly name = 'NotAskedYet'
}

export function createAnswers(): Answers {
  return { known: new Map(), wanted: new Map() }
}

/** The registry whose reads and writes are the transaction's, and whose upstreams answer from what is known. */
export function stagedRegistry(at: Registry, tx: RegistryWrite, answers: Answers): Registry {
  const protocols = Object.entries(at.protocols).map(([name, protocol]): [string, Protocol] => [
    name,
    {
      ...protocol,
      // Caches are dropped once the whole has held.
      forget: () => undefined,
      probe: async (request) => answerTo(name, protocol, request, answers),
    },
  ])
  return {
    ...at,
    stores: tx,
    write: (work) => work(tx),
    protocols: Object.fromEntries(protocols),
  }
}

function answerTo(name: string, protocol: Protocol, request: ProbeRequest, answers: Answers): ProbeResult {
  const key = JSON.stringify([name, request])
  const known = answers.known.get(key)
  if (known !== undefined) {
    if ('error' in known) throw known.error
    return known.result
  }
  const { probe } = protocol
  if (probe === undefined) return { expectedIssuer: request.issuer, settings: request.settings }
  answers.wanted.set(key, () => probe(request))
  throw new NotAskedYet()
}

/** Asks all that is wanted, side by side. */
export async function askWanted({ known, wanted }: Answers): Promise<void> {
  const asked = [...wanted].map(async ([key, ask]) => {
    try {
      known.set(key, { result: await ask() })
    } catch (error) {
      known.set(key, { error })
    }
  })
  wanted.clear()
  await Promise.all(asked)
}
