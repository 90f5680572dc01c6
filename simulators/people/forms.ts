/** Forms, queries and bearer tokens as they come. */
import type { IncomingMessage } from 'node:http'

const LIMIT_BYTES = 65_536

/** Rejects for more than a form needs. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > LIMIT_BYTES) throw new Error('the form is too large')
  }
  return new URLSearchParams(text)
}

export function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URL(url, 'https://localhost').searchParams
}

/** Empty where there is none. */
export function bearerOf({ headers }: IncomingMessage): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}
