/**
 * Plays a SPIFFE trust domain: a bundle endpoint of profile https_web, whose bundle is numbered and changes with its keys,
 * and JWT-SVIDs of its workloads.
 *
 * Source: SPIFFE Trust Domain and Bundle §4; JWT-SVID §3, §6.1; SPIFFE Federation §5.2.1.
 */
import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import { createDocuments } from '../documents.ts'
import { connectToOf } from '../issuer.ts'
import { close, listen } from '../loopback.ts'
import { createIssuerKeys } from '../signing-keys.ts'
import { createMint } from './mint.ts'
import { happen, type Publisher, publishingFaults } from './publishing-faults.ts'
import type { SimulatedSource, SourceKind, SourceOptions } from './source.ts'

const NAME = 'spiffe'
const TITLE = 'SPIFFE trust domain'
const TRUST_DOMAIN = 'spiffe://prod.example.org'
const WORKLOAD = '/ns/payments/sa/deployer'
/** Source: SPIFFE Federation §4.1, the recommended default. */
const REFRESH_SECONDS = 300
const LIFETIME_SECONDS = 300

export const spiffe: SourceKind = {
  name: NAME,
  title: TITLE,
  summary:
    'JWT-SVIDs, and the bundle that vouches for them; --issuer spiffe=spiffe://my.domain plays another trust domain',
  start: startTrustDomain,
}

async function startTrustDomain({ authority, issuer, port, now }: SourceOptions): Promise<SimulatedSource> {
  const trustDomain = issuer ?? TRUST_DOMAIN
  const host = `spiffe-bundle.${trustDomain.slice('spiffe://'.length)}`
  const bundleEndpointUrl = `https://${host}/bundle.json`
  const keys = await createIssuerKeys('ES256', 'jwt-svid')
  let sequence = 1
  let refreshSeconds = REFRESH_SECONDS
  let skewSeconds = 0

  const x509 = x509Entry(authority.caPem)
  const documents = createDocuments({
    jwks: {
      path: new URL(bundleEndpointUrl).pathname,
      content: () => ({
        keys: [x509, ...keys.jwks().keys],
        spiffe_sequence: sequence,
        spiffe_refresh_hint: refreshSeconds,
      }),
    },
  })
  const { certificatePem, keyPem } = await authority.issue([host])
  const server = createServer({ cert: certificatePem, key: keyPem }, documents.listener)
  const at = await listen(server, port)

  const mint = createMint({
    keys,
    now: () => new Date(now().getTime() + skewSeconds * 1000),
    header: {},
    claims: ({ audience }, issued) => ({
      sub: trustDomain + WORKLOAD,
      aud: [audience],
      exp: issued + LIFETIME_SECONDS,
      iat: issued,
    }),
  })
  const publisher: Publisher = {
    keys,
    hasDiscovery: false,
    misdeliver: documents.misdeliver,
    published: () => {
      sequence += 1
    },
    skew: (seconds) => {
      skewSeconds = seconds
    },
  }
  const own: Readonly<Record<string, { says: string; happen: () => void }>> = {
    'older-bundle': {
      says: 'publishes its bundle under a lower number than before',
      happen: () =>
        documents.misdeliver('jwks', {
          kind: 'altered',
          alter: (bundle) => ({ ...bundle, spiffe_sequence: Math.max(0, sequence - 1) }),
        }),
    },
    'keys-revoked': {
      says: 'takes all keys back: an empty bundle with a higher number',
      happen: () => {
        const revoked = ++sequence
        documents.misdeliver('jwks', {
          kind: 'altered',
          alter: (bundle) => ({ ...bundle, keys: [], spiffe_sequence: revoked }),
        })
      },
    },
    'x509-only': {
      says: 'publishes its keys for X.509-SVIDs only',
      happen: () => documents.misdeliver('jwks', { kind: 'altered', alter: (bundle) => ({ ...bundle, keys: [x509] }) }),
    },
  }
  return {
    name: NAME,
    title: TITLE,
    registration: {
      displayName: TITLE,
      issuerUrl: trustDomain,
      wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_SPIFFE',
      spiffe: { bundleEndpointUrl },
    },
    connectTo: connectToOf(bundleEndpointUrl, at),
    port: at,
    mint,
    faults: {
      ...publishingFaults(publisher),
      ...Object.fromEntries(Object.entries(own).map(([name, { says }]) => [name, says])),
    },
    async fail(fault) {
      if (Object.hasOwn(own, fault)) own[fault]?.happen()
      else await happen(publisher, fault)
    },
    mend() {
      skewSeconds = 0
      documents.misdeliver('jwks', { kind: 'none' })
    },
    async rotate(options) {
      const kid = await keys.rotate(options)
      sequence += 1
      return kid
    },
    fetches: documents.fetches,
    commands: {
      'PUT /refresh-hint': ({ seconds }) => {
        if (!Number.isInteger(seconds)) throw new Error('seconds: not a whole number')
        refreshSeconds = Number(seconds)
      },
    },
    tokenVariable: 'ENTENTE_ID_TOKEN',
    environment: {},
    stop: () => close(server),
  }
}

/** The simulators' own authority as the trust domain's: bundles in the wild nearly always have one, and readers must skip it. */
function x509Entry(caPem: string): Readonly<Record<string, unknown>> {
  const certificate = new X509Certificate(caPem)
  return {
    ...certificate.publicKey.export({ format: 'jwk' }),
    use: 'x509-svid',
    x5c: [certificate.raw.toString('base64')],
  }
}
