/** Opaque page tokens: authenticated, and good only for the organisation and the question they were made for. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { faultsOf } from '../fault.ts'

export const pageTokenFaults = {
  'page_token.invalid': {
    kind: 'invalid',
    message: 'The page token is not valid for this list.',
    remedy: 'Use the token of the page before, with the same filters, or start again without one.',
  },
} as const

const fault = faultsOf(pageTokenFaults)

export interface PageTokens {
  /** `question` names the list and its filters; the token answers no other. */
  seal(organisation: string, question: string, after: string): string
  /** Faults: page_token.invalid (kind invalid, field path `pageToken`) */
  open(organisation: string, question: string, token: string): string
}

export function createPageTokens(key: Uint8Array): PageTokens {
  const mac = (organisation: string, question: string, after: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([organisation, question, after]))
      .digest()
      .subarray(0, 16)
  return {
    seal: (organisation, question, after) =>
      Buffer.concat([mac(organisation, question, after), Buffer.from(after, 'utf8')]).toString('base64url'),
    open(organisation, question, token) {
      const bytes = Buffer.from(token, 'base64url')
      const after = bytes.subarray(16).toString('utf8')
      // Canonical spelling only, then the MAC: base64url has several spellings of the same bytes.
      const genuine =
        bytes.length > 16 &&
        bytes.toString('base64url') === token &&
        timingSafeEqual(bytes.subarray(0, 16), mac(organisation, question, after))
      if (!genuine) {
        const message = 'is not valid for this list'
        throw fault('page_token.invalid', { fields: [{ path: 'pageToken', code: 'page_token.invalid', message }] })
      }
      return after
    },
  }
}
