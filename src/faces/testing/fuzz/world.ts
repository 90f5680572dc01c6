/**
 * A house to be fuzzed: all faces over one registry on a SQLite file, with the real protocols, sealing and rules; only callers
 * and the outer world are played. It remembers what every write has stored.
 */
import { randomBytes } from 'node:crypto'
import { createWebFetch } from '../../../http/outbound-web-fetch.ts'
import { openKeys } from '../../../keys/index.ts'
import type { Sealing } from '../../../keys/seal.ts'
import { openProtocols } from '../../../protocols/index.ts'
import {
  NOW as CERTIFICATES_NOW,
  createKey,
  DAY_MS,
  metadataWith,
} from '../../../protocols/saml/testing/certificates.ts'
import { createSamlHouse } from '../../../protocols/saml/testing/house.ts'
import { createTestKey } from '../../../protocols/testing/minting.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { RegistryEvent } from '../../../registry/stores.ts'
import { faces } from '../../index.ts'
import { openTestApp, type TestApp } from '../app.ts'
import type { SeedNames } from './seeds.ts'
import { fuzzUpstreams } from './upstreams.ts'
import type { Materials } from './values.ts'

/** A record as the last write left it. */
export interface Known {
  readonly kind: string
  readonly organisation: string
  readonly id: string
  readonly uid: string
  readonly after: Readonly<Record<string, unknown>>
}

export interface FuzzWorld {
  readonly app: TestApp
  readonly sealing: Sealing
  readonly materials: Materials
  /** Events of committed writes, oldest first. */
  readonly events: readonly RegistryEvent[]
  /** What is there, by uid. */
  readonly known: ReadonlyMap<string, Known>
  /** Of `kind`, in acme where there is one; null where there is none. */
  pick(kind: string, n: number, wanted?: (one: Known) => boolean): Known | null
  names(n: number): SeedNames
  close(): Promise<void>
}

export async function openFuzzWorld(): Promise<FuzzWorld> {
  const materials = await makeMaterials()
  const events: RegistryEvent[] = []
  const known = new Map<string, Known>()
  const opened: { sealing?: Sealing } = {}
  const app = await openTestApp(faces, async (deps, storage) => {
    const now = () => new Date()
    const { sealing } = await openKeys({ stores: storage, masterKey: randomBytes(32), now, randomBytes })
    opened.sealing = sealing
    const fetch = fuzzUpstreams(materials.metadata[0] ?? '')
    const protocols = openProtocols({
      ...createSamlHouse(),
      fetch,
      webFetch: createWebFetch(fetch),
      allowsPlainHttp: (url) => url.startsWith('http://127.0.0.1'),
      mayAsk: () => true,
      now,
      onKeysChanged: () => undefined,
      onFetchFailed: () => undefined,
    })
    const write: Registry['write'] = async (work) => {
      let written: RegistryEvent[] = []
      const answer = await storage.write((tx) => {
        written = []
        const audit = (event: RegistryEvent) => {
          written.push(event)
          tx.audit(event)
        }
        return work({ ...tx, audit })
      })
      for (const event of written) remember(known, event)
      events.push(...written)
      return answer
    }
    const generation = () => events.length
    return {
      ...deps,
      registry: { ...deps.registry, write, protocols, sealer: sealing, generation },
      async importConfig({ protocol, ...source }) {
        const read = protocols[protocol]?.importSettings
        if (read === undefined) throw new TypeError(`${protocol} imports`)
        return await read(source)
      },
    }
  })
  const { sealing } = opened
  if (sealing === undefined) throw new TypeError('opened with the app')
  const pick: FuzzWorld['pick'] = (kind, n, wanted = () => true) => {
    const all = [...known.values()].filter((one) => one.kind === kind && wanted(one))
    const own = all.filter(({ organisation }) => organisation === 'acme')
    const some = own.length > 0 ? own : all
    // The latest are as likely as all others together: they have been changed the least.
    return (
      (n % 2 === 0
        ? some.at(-1 - ((n >> 1) % Math.min(5, Math.max(1, some.length))))
        : some[(n >> 1) % Math.max(1, some.length)]) ?? null
    )
  }
  const world: FuzzWorld = {
    app,
    sealing,
    materials,
    events,
    known,
    pick,
    names: (n) => ({
      n,
      principal: pick('principal', n)?.id ?? 'nobody',
      workload: pick('provider', n, ({ after }) => after.use === 'workload')?.id ?? 'nobody',
      person: pick('person', n, ({ after }) => after.enabled === true)?.id ?? 'nobody',
      proof: pick('provider', n, ({ after }) => after.use === 'step-up' && after.enabled === true)?.id ?? 'nobody',
      materials,
    }),
    close: () => app.close(),
  }
  return world
}

function remember(known: Map<string, Known>, { organisation, target, after }: RegistryEvent): void {
  if (after === null) known.delete(target.uid)
  else known.set(target.uid, { ...target, organisation, after })
}

/** Certificates are good about the time of the test, not of the others' fixed clock. */
async function makeMaterials(): Promise<Materials> {
  const shift = Math.round((Date.now() - CERTIFICATES_NOW.getTime()) / DAY_MS)
  const key = await createKey()
  const certificate = (from: number, to: number) => key.certificate([shift + from, shift + to])
  const [good, expired, other] = await Promise.all([
    certificate(-1, 300),
    certificate(-300, -1),
    (await createKey('RSA2048')).certificate([shift - 1, shift + 30]),
  ])
  const jwks = { keys: [createTestKey('ES256', 'fuzz').jwk] }
  return {
    jwksJson: JSON.stringify(jwks),
    certificates: [good.base64, expired.base64, other.base64],
    metadata: [
      metadataWith({ signingCertificates: [good.base64] }),
      metadataWith({ signingCertificates: [good.base64, other.base64], entityId: 'urn:other', ssoBinding: 'redirect' }),
      metadataWith({ signingCertificates: [expired.base64] }),
      metadataWith({ signingCertificates: [other.base64] }),
    ],
    pem: good.pem,
  }
}
