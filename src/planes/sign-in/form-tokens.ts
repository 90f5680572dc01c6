/**
 * Tokens of forms: a form counts only if it was shown to the same session that sends it. Nothing is stored: whoever has the
 * key can check, in every process.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface FormTokens {
  /** `form` is its purpose, `session` whatever only the one browser has. */
  make(form: string, session: string): string
  accepts(token: string | undefined, form: string, session: string): boolean
}

/** `key`: 32 bytes for this and nothing else. */
export function createFormTokens(key: Uint8Array): FormTokens {
  const make = (form: string, session: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([form, session]))
      .digest('base64url')
  return {
    make,
    accepts(token, form, session) {
      const [given, wanted] = [Buffer.from(token ?? ''), Buffer.from(make(form, session))]
      return given.length === wanted.length && timingSafeEqual(given, wanted)
    },
  }
}

/** False for a form of another site, where the browser says so. */
export function isOwnForm({ headers: { origin } }: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean {
  return origin === undefined || origin === new URL(publicUrl).origin
}
