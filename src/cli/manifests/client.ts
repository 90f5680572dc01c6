/** Calls to the manifests of one server; every answer that is no success is a fault a person can act upon. */
import { Fault, type FieldFault } from '../../fault.ts'
import { at } from '../demo/api.ts'
import type { Connection } from './connection.ts'
import { manifestFault } from './faults.ts'
import type { KindEntry } from './kinds.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** For APIs that have no namespace in their paths. */
  readonly organisation?: string
}

export interface Client {
  /** The JSON of an answer that is a success, or that has `results`. Faults: all of cli.* but those of wrong calls */
  call(call: Call): Promise<unknown>
}

const ROOT = '/apis/entente.dev/v1'
export const APPLY_PATH = `${ROOT}/apply`

/** Applying may ask many upstreams before it answers; what takes longer hangs. */
const ANSWER_LIMIT_MS = 120_000

/** The list of a kind, or one object of it. Faults: cli.called_wrongly */
export function pathOf({ plural, namespaced }: KindEntry, namespace: string, name?: string): string {
  const folder = namespaced ? `${ROOT}/namespaces/${segment(namespace)}` : ROOT
  return `${folder}/${plural}${name === undefined ? '' : `/${segment(name)}`}`
}

/** Empty ones and dots would lead to another path than the one that is meant. */
function segment(name: string): string {
  if (!/^\.{0,2}$/.test(name)) return encodeURIComponent(name)
  throw manifestFault('cli.called_wrongly', { message: `'${name}' is no name.` })
}

export function createClient(connection: Connection): Client {
  const { url, token } = connection
  return {
    async call({ method, path, query = {}, body, organisation }) {
      const address = new URL(url + path)
      for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value)
      const headers = {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(organisation === undefined ? {} : { 'entente-organization': organisation }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      try {
        const response = await fetch(address, {
          method,
          headers,
          // Wherever it points, the token is not meant for it.
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        return read(connection, response.status, await response.text())
      } catch (error) {
        if (error instanceof Fault) throw error
        throw unreached(url, error)
      }
    },
  }
}

function read(connection: Connection, status: number, text: string): unknown {
  const json = parsed(text)
  const isSuccess = status >= 200 && status < 300
  if (typeof json === 'object' && json !== null && (isSuccess || 'results' in json)) return json
  throw refusal(connection, status, json)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The server's own words, in the fault that tells what can be done about it. */
function refusal({ url, tokenFrom }: Connection, status: number, json: unknown): Fault {
  const { kind, message: said, details } = Object(json)
  // Manifests answer with a `Status`; the workload-federation API with an error of google.rpc.
  const isOurs = kind === 'Status' || typeof Object(json).code === 'number'
  if (!isOurs || typeof said !== 'string') {
    const message = `${url} answers ${status}, and not as an Entente server answers for manifests.`
    return manifestFault('cli.no_manifests', { message })
  }
  const fields = causesOf(details)
  if (status === 401) {
    return manifestFault('cli.token_refused', { message: `${said} (The token is from ${tokenFrom}.)`, fields })
  }
  if (status === 403) {
    return manifestFault('cli.forbidden', { message: `${said} (The token is from ${tokenFrom}.)`, fields })
  }
  if (status !== 404) return manifestFault('cli.refused', { message: said, fields })
  // The kind itself is not served there, which is something else than an object that is gone.
  if (at(details, 'causes', '0', 'reason') !== 'request.path_unknown')
    return manifestFault('cli.missing', { message: said })
  return manifestFault('cli.no_manifests', { message: `The server at ${url} does not serve this kind. ${said}` })
}

/** The causes of a `Status`, or of google.rpc's BadRequest, that name a field; the one of a fault without fields only repeats the message. */
export function causesOf(details: unknown): FieldFault[] {
  const { causes } = Object(Array.isArray(details) ? { causes: violationsOf(details) } : details)
  if (!Array.isArray(causes)) return []
  return causes.flatMap((cause: unknown) => {
    const { field, message, reason } = Object(cause)
    if (typeof field !== 'string') return []
    return [{ path: field, code: String(reason ?? 'request.invalid'), message: String(message ?? 'is refused') }]
  })
}

function violationsOf(details: readonly unknown[]): unknown[] {
  return details.flatMap((detail) => {
    const violations = at(detail, 'fieldViolations')
    if (!Array.isArray(violations)) return []
    return violations.map((violation: unknown) => ({
      field: at(violation, 'field'),
      message: at(violation, 'description'),
    }))
  })
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/

/** Why no answer came, from what fetch threw. */
export function unreached(url: string, error: unknown): Fault {
  const { name, cause } = Object(error)
  if (name === 'TimeoutError') {
    const message = `${url} did not answer within ${ANSWER_LIMIT_MS / 1000} seconds.`
    return manifestFault('cli.server_unreachable', { message })
  }
  const code = String(Object(cause).code ?? '')
  if (CERTIFICATE.test(code)) {
    return manifestFault('cli.certificate_unknown', { message: `The certificate of ${url} is not trusted (${code}).` })
  }
  return manifestFault('cli.server_unreachable', { message: `${url} cannot be reached: ${whyUnreached(code)}.`, cause })
}

function whyUnreached(code: string): string {
  if (code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `its name has no address (${code})`
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return `the connection broke off (${code})`
  return code === '' ? 'no connection' : code
}
