/** Every upstream that a fuzzed body may name: most behave, some lie, some are broken, some are down. By host name. */
import { Fault } from '../../../fault.ts'
import type { OutboundAnswer, OutboundFetch } from '../../../http/outbound-port.ts'
import { createTestKey } from '../../../protocols/testing/minting.ts'

const WELL_KNOWN = '/.well-known/openid-configuration'

/** `metadataXml` is what SAML providers answer with. */
export function fuzzUpstreams(metadataXml: string): OutboundFetch {
  const { jwk } = createTestKey('ES256', 'fuzz')
  const keys = JSON.stringify({ keys: [jwk, { ...jwk, kid: 'svid', use: 'jwt-svid', alg: undefined }] })
  return async ({ url }) => {
    const { host, pathname } = new URL(url)
    if (host.startsWith('down.')) throw new Fault('upstream', 'outbound.failed', 'The upstream does not answer.')
    if (host.startsWith('broken.')) return answer('{"issuer":')
    if (pathname.endsWith(WELL_KNOWN)) return answer(JSON.stringify(discoveryOf(url, host)))
    if (pathname.includes('metadata') || pathname.endsWith('.xml')) return answer(metadataXml)
    return answer(keys)
  }
}

function discoveryOf(url: string, host: string): object {
  const issuer = url.slice(0, -WELL_KNOWN.length)
  const endpoints = {
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/keys`,
    end_session_endpoint: `${issuer}/logout`,
    code_challenge_methods_supported: ['S256'],
  }
  if (host.startsWith('slash.')) return { issuer: `${issuer}/`, ...endpoints }
  if (host.startsWith('liar.')) return { issuer: 'https://somebody-else.example', ...endpoints }
  // Microsoft's document of all tenants names a template.
  if (host === 'login.microsoftonline.com' && /\/(common|organizations|consumers)\//.test(issuer)) {
    return { issuer: `https://${host}/{tenantid}/v2.0`, ...endpoints }
  }
  // What a careless or hostile upstream might say of itself.
  if (host.startsWith('odd.')) {
    return {
      issuer,
      ...endpoints,
      authorization_endpoint: 'javascript:alert(1)',
      token_endpoint: 'http://127.0.0.1/token',
      jwks_uri: [`${issuer}/keys`],
      __proto__: { polluted: true },
      'nul\u0000': '\ud800',
    }
  }
  return { issuer, ...endpoints }
}

function answer(text: string): OutboundAnswer {
  return { status: 200, headers: {}, body: Buffer.from(text) }
}
