/** The documents an issuer publishes, and the ways their delivery can go wrong. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { answerJson, pathOf } from './loopback.ts'

export type DocumentName = 'discovery' | 'jwks'

/** `poison` answers 200 with what is given instead of the document. */
export type Misdelivery =
  | { readonly kind: 'none' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'poison'; readonly body: unknown }

export interface Documents {
  readonly listener: RequestListener
  misdeliver(document: DocumentName, how: Misdelivery): void
  fetches(): Readonly<Record<DocumentName, number>>
}

const HTML = '<!doctype html><title>Sorry</title><p>We are down for maintenance.</p>'

/** Serves discovery and keys below the issuer's own path; anything else is 404. */
export function createDocuments(issuer: string, content: Readonly<Record<DocumentName, () => unknown>>): Documents {
  const base = new URL(issuer).pathname.replace(/\/$/, '')
  const paths: Readonly<Record<string, DocumentName>> = {
    [`${base}/.well-known/openid-configuration`]: 'discovery',
    [`${base}/.well-known/jwks`]: 'jwks',
  }
  const fetches = { discovery: 0, jwks: 0 }
  const wrongs: Record<DocumentName, Misdelivery> = { discovery: { kind: 'none' }, jwks: { kind: 'none' } }
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const name = paths[pathOf(request)]
    if (name === undefined || request.method !== 'GET') return answerJson(response, 404, { error: 'not found' })
    fetches[name] += 1
    deliver(response, wrongs[name], content[name])
  }
  return {
    listener,
    misdeliver(document, how) {
      wrongs[document] = how
    },
    fetches: () => ({ ...fetches }),
  }
}

function deliver(response: ServerResponse, wrong: Misdelivery, content: () => unknown): void {
  switch (wrong.kind) {
    case 'none':
      answerJson(response, 200, content())
      break
    case 'status':
      answerJson(response, wrong.status, { error: 'simulated' })
      break
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(HTML)
      break
    case 'hang':
      // Headers and no end: the client's own time limit has to act.
      response.writeHead(200, { 'content-type': 'application/json' }).write('{')
      break
    case 'slow': {
      const timer = setTimeout(() => answerJson(response, 200, content()), wrong.delayMs)
      response.on('close', () => clearTimeout(timer))
      break
    }
    case 'poison':
      answerJson(response, 200, wrong.body)
      break
  }
}

/** Reads a misdelivery from JSON that came over the control endpoint. */
export function parseMisdelivery(body: Readonly<Record<string, unknown>>): Misdelivery {
  const { kind, status, delayMs } = body
  if (kind === 'none' || kind === 'html' || kind === 'hang') return { kind }
  if (kind === 'status' && Number.isInteger(status)) return { kind, status: Number(status) }
  if (kind === 'slow' && Number.isInteger(delayMs)) return { kind, delayMs: Number(delayMs) }
  if (kind === 'poison') return { kind, body: body.body }
  throw new Error('kind must be none, status (with status), html, hang, slow (with delayMs) or poison (with body)')
}
