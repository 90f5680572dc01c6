/** An AuthnRequest as it comes. Read by its known shape: a simulator is asked by nobody who means ill. */
import { inflateRawSync } from 'node:zlib'

export interface AuthnRequest {
  readonly id: string
  /** Entity id of who asks. */
  readonly issuer: string
  readonly acsUrl: string
  readonly nameIdFormat: string | null
  readonly contexts: readonly string[]
  readonly isForced: boolean
  readonly relayState: string | null
  readonly loginHint: string | null
}

/** Null for what is no request. */
export function readAuthnRequest(parameters: URLSearchParams, binding: 'redirect' | 'post'): AuthnRequest | null {
  const message = Buffer.from(parameters.get('SAMLRequest') ?? '', 'base64')
  let xml: string
  try {
    xml = (binding === 'redirect' ? inflateRawSync(message) : message).toString()
  } catch {
    return null
  }
  const attribute = (name: string) => new RegExp(`<[\\w:]*AuthnRequest[^>]*\\s${name}="([^"]*)"`).exec(xml)?.[1] ?? null
  const id = attribute('ID')
  const acsUrl = attribute('AssertionConsumerServiceURL')
  const issuer = /<[\w:]*Issuer[^>]*>([^<]*)</.exec(xml)?.[1] ?? null
  if (id === null || acsUrl === null || issuer === null) return null
  return {
    id,
    issuer: unescaped(issuer),
    acsUrl: unescaped(acsUrl),
    nameIdFormat: /NameIDPolicy[^>]*\sFormat="([^"]*)"/.exec(xml)?.[1] ?? null,
    contexts: [...xml.matchAll(/AuthnContextClassRef[^>]*>([^<]+)</g)].map(([, value = '']) => unescaped(value)),
    isForced: attribute('ForceAuthn') === 'true',
    relayState: parameters.get('RelayState'),
    loginHint: parameters.get('login_hint'),
  }
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
