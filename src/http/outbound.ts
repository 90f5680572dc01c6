/**
 * The guarded outbound fetch: the only way out of the house. Checks the URL, resolves the name once, checks every
 * address, connects to a checked one, and gives up after a time and a size.
 *
 * Follows no redirect, keeps no cookie, and a connection only for a moment and where the caller says so; asks for no
 * compression, and knows no proxy: HTTP_PROXY, HTTPS_PROXY and NO_PROXY are not read.
 */
import { lookup } from 'node:dns/promises'
import type { Socket } from 'node:net'
import { Client } from 'undici'
import { createAllowList, isAddress, isPublicAddress } from './outbound-address.ts'
import { outboundFault } from './outbound-faults.ts'
import { type Connection, createIdleConnections } from './outbound-idle.ts'
import type { OutboundAnswer, OutboundFetch, OutboundRequest } from './outbound-port.ts'
import { createTlsContexts, openSocket } from './outbound-socket.ts'
import { isLocalhost, normaliseHost, type OutboundTarget, parseOutboundUrl } from './outbound-url.ts'

export interface ConnectTo {
  readonly host: string
  readonly port: number
  readonly toAddress: string
  readonly toPort: number
}

export interface OutboundOptions {
  /** CIDRs, addresses or hosts that may be reached although private, on any port, or over plain http. */
  readonly allow: readonly string[]
  /** Where requests for a host and port go instead; such a target counts as allowed. */
  readonly connectTo: readonly ConnectTo[]
  /** Extra authorities for every request. */
  readonly caPem: string | null
  /** All addresses of a host name; default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<string[]>
}

export interface Outbound {
  readonly fetch: OutboundFetch
  /** True for a plain http URL whose host, or literal address, the operator named; nothing is resolved for it. */
  readonly allowsPlainHttp: (url: string) => boolean
  /** False for a URL that no request of ours can ever reach: a literal address, or this machine, that nobody has allowed. */
  readonly mayAsk: (url: string) => boolean
  /** Cuts what is under way; later requests fail. */
  close(): Promise<void>
}

const MAX_BYTES = 1_048_576
const TIMEOUT_MS = 5_000
const HEADER_BYTES = 16_384
/** More addresses of one name are not tried. */
const ADDRESSES = 8

/** Below 1024 live other services than web servers; 443 is the one exception that needs no permission. */
const FIRST_UNPRIVILEGED_PORT = 1_024

/** Opens the way out. Throws when `caPem` cannot be read. */
export function createOutbound(options: OutboundOptions): Outbound {
  const allowList = createAllowList(options.allow)
  const resolve = shareLookups(options.resolve ?? systemAddresses)
  const contextFor = createTlsContexts(options.caPem)
  const idle = createIdleConnections()
  const running = new Set<AbortController>()
  let isClosed = false

  async function route(
    target: OutboundTarget,
    allowPlainHttp: boolean,
  ): Promise<{ addresses: string[]; port: number }> {
    const redirected = options.connectTo.find((to) => normaliseHost(to.host) === target.host && to.port === target.port)
    const isPlain = target.protocol === 'http:'
    if (isPlain && !allowPlainHttp) throw new Error('plain http')
    if (redirected !== undefined) {
      const to = normaliseHost(redirected.toAddress)
      return { addresses: isAddress(to) ? [to] : await resolve(to), port: redirected.toPort }
    }
    const isUsualPort = target.port === 443 || target.port >= FIRST_UNPRIVILEGED_PORT
    const found = await addressesOf(target.host, resolve)
    const addresses = found.filter(
      (address) => allowList.allows(target.host, address) || (!isPlain && isUsualPort && isPublicAddress(address)),
    )
    if (addresses.length === 0) throw new Error(`no permitted address among: ${found.slice(0, ADDRESSES).join(' ')}`)
    return { addresses: addresses.slice(0, ADDRESSES), port: target.port }
  }

  async function ask(request: OutboundRequest, cut: AbortController): Promise<OutboundAnswer> {
    const target = parseOutboundUrl(request.url)
    if (typeof target === 'string') throw new Error(target)
    const { addresses, port } = await untilCut(route(target, request.allowPlainHttp === true), cut.signal)
    const place =
      request.reuse === true ? `${target.protocol}//${target.authority} ${port} ${request.caPem ?? ''}` : null
    const left = place === null ? null : idle.take(place, addresses)
    if (left !== null) {
      try {
        return await send(left, place, target, request, cut)
      } catch (error) {
        // The other side may have closed it just then. What may have been acted upon is not sent twice.
        if (request.method === 'POST' || cut.signal.aborted || !isDropped(error)) throw error
      }
    }
    const context = contextFor(request.caPem)
    const opened = open({ addresses, port, host: target.host, isTls: target.protocol === 'https:', context }, target)
    return await send(opened, place, target, request, cut)
  }

  async function send(
    connection: Opening,
    place: string | null,
    target: OutboundTarget,
    request: OutboundRequest,
    cut: AbortController,
  ): Promise<OutboundAnswer> {
    const { client } = connection
    let isWhole = false
    const end = () => {
      connection.socket?.destroy()
      client.destroy().catch(() => {})
    }
    cut.signal.addEventListener('abort', end)
    try {
      const answer = await untilCut(client.request(toWire(target, request, cut.signal)), cut.signal)
      const headers = joined(answer.headers)
      const body = await bodyOf(answer, request.maxBytes ?? MAX_BYTES)
      isWhole = headers.connection?.toLowerCase() !== 'close'
      return { status: answer.statusCode, headers, body }
    } finally {
      cut.signal.removeEventListener('abort', end)
      const { socket } = connection
      const address = socket?.remoteAddress
      const isLeft = place !== null && isWhole && !isClosed && !cut.signal.aborted
      if (isLeft && socket !== null && address !== undefined) idle.leave(place, { client, socket, address })
      else end()
    }
  }

  const isNamed = (host: string): boolean => {
    if (isLocalhost(host)) return ['127.0.0.1', '::1'].some((address) => allowList.allows(host, address))
    return allowList.allows(host, host)
  }

  const isRedirected = ({ host, port }: OutboundTarget): boolean =>
    options.connectTo.some((to) => normaliseHost(to.host) === host && to.port === port)

  return {
    allowsPlainHttp(url) {
      const target = parseOutboundUrl(url)
      if (typeof target === 'string' || target.protocol !== 'http:') return false
      return isRedirected(target) || isNamed(target.host)
    },
    mayAsk(url) {
      const target = parseOutboundUrl(url)
      if (typeof target === 'string') return false
      const { host } = target
      // What a name stands for is asked, and judged, at each request.
      if (!isAddress(host) && !isLocalhost(host)) return true
      return isRedirected(target) || isNamed(host) || (!isLocalhost(host) && isPublicAddress(host))
    },
    async fetch(request) {
      const cut = new AbortController()
      const limit = request.timeoutMs ?? TIMEOUT_MS
      const timer = setTimeout(() => cut.abort(new Error(`no complete answer within ${limit} ms`)), limit)
      running.add(cut)
      try {
        if (isClosed) throw new Error('closed')
        return await ask(request, cut)
      } catch (error) {
        throw outboundFault('outbound.failed', { cause: cut.signal.aborted ? cut.signal.reason : error })
      } finally {
        clearTimeout(timer)
        running.delete(cut)
      }
    },
    async close() {
      isClosed = true
      idle.close()
      for (const cut of running) cut.abort(new Error('closed'))
    },
  }
}

/** Whether the connection went away under a request, rather than that the answer was refused. */
function isDropped(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || error === CLOSED
}

const CLOSED = new Error('the connection is closed')

/** A connection, from before its socket is there. */
interface Opening extends Pick<Connection, 'client'> {
  readonly socket: Socket | null
}

/** Opens one connection and never another: what comes after it is closed begins with checked addresses again. */
function open(where: Parameters<typeof openSocket>[0], target: OutboundTarget): Opening {
  const opening: { client: Client; socket: Socket | null } = {
    socket: null,
    client: new Client(`${target.protocol}//${target.authority}`, {
      allowH2: false,
      maxHeaderSize: HEADER_BYTES,
      pipelining: 1,
      connect(_options, callback) {
        if (opening.socket !== null) return callback(CLOSED, null)
        opening.socket = openSocket(where, (error, socket) =>
          socket === null ? callback(error ?? new Error('no socket'), null) : callback(null, socket),
        )
      },
    }),
  }
  return opening
}

async function systemAddresses(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

/** A resolver that hangs holds one of the few threads of the process; a second question for the same name waits for the first. */
function shareLookups(resolve: (host: string) => Promise<string[]>): (host: string) => Promise<string[]> {
  const pending = new Map<string, Promise<string[]>>()
  return (host) => {
    const known = pending.get(host)
    if (known !== undefined) return known
    const asked = resolve(host).finally(() => pending.delete(host))
    pending.set(host, asked)
    return asked
  }
}

async function addressesOf(host: string, resolve: (host: string) => Promise<string[]>): Promise<string[]> {
  if (isAddress(host)) return [host]
  if (isLocalhost(host)) return ['127.0.0.1', '::1']
  return await resolve(host)
}

function toWire(
  { path, authority }: OutboundTarget,
  { accept, method = 'GET', headers: given = {}, body, reuse }: OutboundRequest,
  signal: AbortSignal,
) {
  const headers = {
    ...given,
    host: authority,
    accept: accept ?? given.accept ?? 'application/json',
    'user-agent': 'entente',
    ...(reuse === true ? {} : { connection: 'close' }),
  }
  return { method, path, headers, signal, ...(body === undefined ? {} : { body }) }
}

/** Settles with the promise, or as soon as the time is over, whichever of the two the promise itself notices. */
function untilCut<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onCut = () => reject(signal.reason)
    if (signal.aborted) onCut()
    signal.addEventListener('abort', onCut, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onCut))
  })
}

function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const all: [string, string][] = []
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) all.push([name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value])
  }
  return Object.fromEntries(all)
}

async function bodyOf(answer: Awaited<ReturnType<Client['request']>>, maxBytes: number): Promise<Uint8Array> {
  const encoding = answer.headers['content-encoding']
  // None was asked for, and a small compressed body may become a huge one.
  if (encoding !== undefined && encoding !== 'identity') throw new Error(`content-encoding ${String(encoding)}`)
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw new Error(`more than ${maxBytes} bytes announced`)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body) {
    const bytes: Uint8Array = chunk
    length += bytes.length
    if (length > maxBytes) throw new Error(`more than ${maxBytes} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, length)
}
