/**
 * How our messages leave: in the query of a redirect, or in a form that posts itself.
 *
 * Source: SAML 2.0 Bindings §3.4.4 (Redirect: deflated, signed over the query's octets), §3.5.4 (POST: signed in the XML).
 */
import { deflateRawSync } from 'node:zlib'
import type { SignInRedirect } from '../../registry/protocol.ts'
import { RSA_SHA256, type Signer, signed, type ToSign, unsigned } from './sign-xml.ts'

export interface Outgoing {
  readonly parameter: 'SAMLRequest' | 'SAMLResponse'
  readonly message: ToSign
  readonly to: string
  readonly relayState: string | null
  /** Null: sent without a signature. */
  readonly signer: Signer | null
}

type Sent = Pick<SignInRedirect, 'method' | 'url' | 'fields'>

export async function byRedirect({ parameter, message, to, relayState, signer }: Outgoing): Promise<Sent> {
  const deflated = deflateRawSync(Buffer.from(unsigned(message))).toString('base64')
  const pairs: [string, string][] = [
    [parameter, deflated],
    ...(relayState === null ? [] : [['RelayState', relayState] satisfies [string, string]]),
    ...(signer === null ? [] : [['SigAlg', RSA_SHA256] satisfies [string, string]]),
  ]
  // Signed are these octets, in this order: nothing may be written anew afterwards.
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  const signature = signer === null ? null : Buffer.from(await signer.sign(Buffer.from(query))).toString('base64')
  const whole = signature === null ? query : `${query}&Signature=${encodeURIComponent(signature)}`
  return { method: 'GET', url: `${to}${to.includes('?') ? '&' : '?'}${whole}`, fields: {} }
}

export async function byPost({ parameter, message, to, relayState, signer }: Outgoing): Promise<Sent> {
  const xml = signer === null ? unsigned(message) : await signed(message, signer)
  const fields = {
    [parameter]: Buffer.from(xml).toString('base64'),
    ...(relayState === null ? {} : { RelayState: relayState }),
  }
  return { method: 'POST', url: to, fields }
}
