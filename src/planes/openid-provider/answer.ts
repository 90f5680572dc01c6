/** Asks the library and keeps its answer back: nothing leaves before its decision is durable. */
import { type IncomingMessage, ServerResponse } from 'node:http'
import type { OpenIdLibrary } from './library.ts'

export interface LibraryAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number>>
  readonly text: string
  /** Why it refused, for the decision only; null where it said no more than `text`. */
  readonly detail: string | null
}

/** `form` was read from the request already; null: the library reads it. Source: oidc-provider, "already parsed request body". */
export async function answerOf(
  library: OpenIdLibrary,
  request: IncomingMessage,
  form: Readonly<Record<string, string>> | null,
): Promise<LibraryAnswer> {
  // Bound to no socket: what is written stays here.
  const held = new ServerResponse(request)
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve) => {
    const keep = (chunk: unknown) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
    }
    held.write = (chunk: unknown) => {
      keep(chunk)
      return true
    }
    held.end = (chunk?: unknown) => {
      keep(chunk)
      resolve()
      return held
    }
  })
  if (form !== null) Object.assign(request, { body: form })
  await library.handle(request, held)
  await ended
  const headers = Object.entries(held.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const text = Buffer.concat(chunks).toString()
  return { status: held.statusCode, headers: Object.fromEntries(headers), text, detail: library.refusalOf(request) }
}
