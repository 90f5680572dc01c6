/** The documents an issuer publishes, and the ways their delivery can go wrong. */
import type { RequestListener, ServerResponse } from 'node:http'
import { answerJson, pathOf } from './loopback.ts'

/** `jwks` is also what a SPIFFE bundle is. */
export type DocumentName = 'discovery' | 'jwks'

/** `poison` answers 200 with what is given instead of the document, `altered` with what is made of it. */
export type Misdelivery =
  | { readonly kind: 'none' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'drip'; readonly everyMs: number }
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'poison'; readonly body: unknown }
  | { readonly kind: 'altered'; readonly alter: (content: Published) => unknown }

export type Published = Readonly<Record<string, unknown>>

/** Where a document is, and what it says at the moment. */
export interface PublishedDocument {
  readonly path: string
  readonly content: () => Published
}

export interface Documents {
  readonly listener: RequestListener
  misdeliver(document: DocumentName, how: Misdelivery): void
  fetches(): Readonly<Record<DocumentName, number>>
}

const HTML = '<!doctype html><title>Sorry</title><p>We are down for maintenance.</p>'
/** Where a redirected document is really to be had, for who follows redirects. */
const MOVED = '/moved'

/** Serves the documents at their paths; anything else is 404. */
export function createDocuments(documents: Readonly<Partial<Record<DocumentName, PublishedDocument>>>): Documents {
  const names = (['discovery', 'jwks'] as const).filter((name) => documents[name] !== undefined)
  const fetches = { discovery: 0, jwks: 0 }
  const wrongs: Record<DocumentName, Misdelivery> = { discovery: { kind: 'none' }, jwks: { kind: 'none' } }
  const listener: RequestListener = (request, response) => {
    const path = pathOf(request)
    const name = names.find((one) => path === documents[one]?.path || path === `${documents[one]?.path}${MOVED}`)
    const document = name === undefined ? undefined : documents[name]
    if (name === undefined || document === undefined || request.method !== 'GET') {
      return answerJson(response, 404, { error: 'not found' })
    }
    fetches[name] += 1
    const isMoved = path !== document.path
    if (isMoved && wrongs[name].kind !== 'redirect') return answerJson(response, 404, { error: 'not found' })
    deliver(response, isMoved ? { kind: 'none' } : wrongs[name], document)
  }
  return {
    listener,
    misdeliver(document, how) {
      if (documents[document] === undefined) throw new Error(`there is no ${document} here`)
      wrongs[document] = how
    },
    fetches: () => ({ ...fetches }),
  }
}

/** Answers with the document, or in the way it goes wrong. */
export function deliver(response: ServerResponse, wrong: Misdelivery, { path, content }: PublishedDocument): void {
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
    case 'drip':
      drip(response, JSON.stringify(content()), wrong.everyMs)
      break
    case 'huge':
      flood(response, JSON.stringify(content()), wrong.bytes)
      break
    case 'redirect':
      response.writeHead(302, { location: `${path}${MOVED}` }).end()
      break
    case 'poison':
      answerJson(response, 200, wrong.body)
      break
    case 'altered':
      answerJson(response, 200, wrong.alter(content()))
      break
  }
}

/** A byte at a time: always about to be done. */
function drip(response: ServerResponse, text: string, everyMs: number): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  let at = 0
  const timer = setInterval(() => {
    response.write(text.slice(at, at + 1))
    at += 1
    if (at < text.length) return
    clearInterval(timer)
    response.end()
  }, everyMs)
  response.on('close', () => clearInterval(timer))
}

const PADDING = ' '.repeat(65_536)

/** The document itself, behind so many spaces that only a client without a limit gets to it; no longer than it reads. */
function flood(response: ServerResponse, text: string, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  let left = bytes
  const pour = () => {
    while (left > 0) {
      left -= PADDING.length
      if (!response.write(PADDING)) return void response.once('drain', pour)
    }
    response.end(text)
  }
  response.on('error', () => {}) // the reader had enough
  pour()
}

/** Reads a misdelivery from JSON that came over the control endpoint. */
export function parseMisdelivery(body: Readonly<Record<string, unknown>>): Misdelivery {
  const { kind, status, delayMs, everyMs, bytes } = body
  if (kind === 'none' || kind === 'html' || kind === 'hang' || kind === 'redirect') return { kind }
  if (kind === 'status' && Number.isInteger(status)) return { kind, status: Number(status) }
  if (kind === 'slow' && Number.isInteger(delayMs)) return { kind, delayMs: Number(delayMs) }
  if (kind === 'drip' && Number.isInteger(everyMs)) return { kind, everyMs: Number(everyMs) }
  if (kind === 'huge' && Number.isInteger(bytes)) return { kind, bytes: Number(bytes) }
  if (kind === 'poison') return { kind, body: body.body }
  const kinds = 'none, status (with status), html, hang, slow (with delayMs), drip (with everyMs), huge (with bytes)'
  throw new Error(`kind must be ${kinds}, redirect or poison (with body)`)
}
