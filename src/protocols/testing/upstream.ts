/** An issuer that exists only as answers to the outbound fetch, and providers that trust it. */
import { Fault } from '../../fault.ts'
import type { OutboundAnswer, OutboundFetch } from '../../http/outbound-port.ts'
import { createWebFetch, type WebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import type { TokenToVerify } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'

export const ISSUER = 'https://issuer.example'
export const KEYS_URL = `${ISSUER}/keys`
export const AUDIENCE = 'entente.example'
export const NOW = new Date('2026-05-01T12:00:00Z')
export const JWT = 'urn:ietf:params:oauth:token-type:jwt'

/** What a URL answers: a document, a raw answer, or a failure of the guarded fetch. */
export type Reply = JsonObject | { raw: Partial<OutboundAnswer> & { text?: string } } | 'refused' | 'hang'

export interface Upstream {
  readonly fetch: OutboundFetch
  readonly webFetch: WebFetch
  /** URLs in the order of the requests. */
  readonly asked: string[]
  reply(url: string, reply: Reply | (() => Reply | Promise<Reply>)): void
}

export function createUpstream(): Upstream {
  const replies = new Map<string, Reply | (() => Reply | Promise<Reply>)>()
  const asked: string[] = []
  const fetch: OutboundFetch = async ({ url, timeoutMs = 5_000 }) => {
    asked.push(url)
    const found = replies.get(url) ?? { raw: { status: 404 } }
    const reply = typeof found === 'function' ? await found() : found
    if (reply === 'hang') await new Promise((resolve) => setTimeout(resolve, timeoutMs))
    if (reply === 'hang' || reply === 'refused') throw new Fault('upstream', 'outbound.failed', 'no')
    if ('raw' in reply) return answerOf(reply.raw as Partial<OutboundAnswer> & { text?: string }) // see Reply
    return answerOf({ text: JSON.stringify(reply) })
  }
  return { asked, fetch, webFetch: createWebFetch(fetch), reply: (url, reply) => void replies.set(url, reply) }
}

function answerOf({ status = 200, headers = {}, body, text = '' }: Partial<OutboundAnswer> & { text?: string }) {
  return { status, headers, body: body ?? Buffer.from(text) }
}

export function providerOf(settings: JsonObject = { jwksUri: KEYS_URL }, change: Partial<Provider> = {}): Provider {
  return {
    uid: 'provider-1',
    id: 'ci',
    organisation: 'default',
    use: 'workload',
    protocol: 'oidc',
    displayName: null,
    description: null,
    enabled: true,
    known: 'CUSTOM',
    issuer: ISSUER,
    expectedIssuer: ISSUER,
    settings,
    secrets: {},
    domains: [],
    routingDomains: [],
    firstLogin: null,
    examples: [],
    allowedScopes: [],
    attributeMapping: {},
    condition: null,
    mappers: [],
    syncMode: null,
    labels: {},
    expiresAt: null,
    lastTestedAt: null,
    version: 1,
    createdAt: NOW,
    updatedAt: NOW,
    ...change,
  }
}

/** Claims of a good token at NOW. Undefined takes a claim away. */
export function claimsAt(change: Readonly<Record<string, unknown>> = {}, now: Date = NOW): Record<string, unknown> {
  const at = Math.floor(now.getTime() / 1000)
  return { iss: ISSUER, sub: 'repo:octo/app', aud: AUDIENCE, iat: at - 10, exp: at + 290, jti: 'j-1', ...change }
}

export function askFor(token: string, change: Partial<TokenToVerify> = {}): TokenToVerify {
  return {
    provider: providerOf(),
    token,
    tokenType: JWT,
    audiences: [AUDIENCE, '//entente.example/organizations/default/providers/ci'],
    now: NOW,
    maxTokenAgeSeconds: 600,
    ...change,
  }
}
