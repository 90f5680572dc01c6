/**
 * Protocol `spiffe`: trust domains and their bundles. Tokens (JWT-SVID) are not verified in this version: the plane refuses
 * them by name.
 *
 * Source: SPIFFE Trust Domain and Bundle §4–5, SPIFFE Federation §5.2.1 (https_web).
 */
import type { FieldFault } from '../../fault.ts'
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { Protocol } from '../../registry/protocol.ts'
import { protocolFault } from '../faults.ts'
import { parseKeySet } from '../jose/key-set.ts'

const URL_CHARACTERS = 2048

export function spiffeProtocol({ fetch }: { fetch: OutboundFetch }): Protocol {
  return {
    name: 'spiffe',
    issuerSchemes: ['spiffe'],
    secretFields: [],
    parseSettings(_use, input) {
      const faults: FieldFault[] = []
      const { bundleEndpointUrl, profile, ...others } = input
      if (typeof bundleEndpointUrl !== 'string' || !isHttpsUrl(bundleEndpointUrl)) {
        faults.push({ path: 'spiffe.bundleEndpointUrl', code: 'field.invalid', message: 'is required: an https URL' })
      }
      if (profile !== undefined && profile !== 'https_web') {
        faults.push({
          path: 'spiffe.profile',
          code: 'field.invalid',
          message: 'must be https_web; others are not supported yet',
        })
      }
      for (const name of Object.keys(others)) {
        faults.push({ path: `spiffe.${name}`, code: 'field.unknown', message: 'is not a setting' })
      }
      return { settings: input, faults }
    },
    async probe({ issuer, settings }) {
      const url = String(settings.bundleEndpointUrl)
      try {
        const { status, body } = await fetch({ url, accept: 'application/json' })
        const keys = parseKeySet(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)), 'jwt-svid')
        if (status !== 200 || keys === null || keys.keys.length === 0)
          throw new Error(`status ${status}, no jwt-svid key`)
      } catch (cause) {
        const code = 'provider.bundle_invalid'
        const message = 'does not answer with a usable SPIFFE bundle'
        throw protocolFault(code, { fields: [{ path: 'spiffe.bundleEndpointUrl', code, message }], cause })
      }
      // Trust domains are lower-case by grammar.
      return { expectedIssuer: issuer.toLowerCase().replace(/\/$/, ''), settings }
    },
  }
}

function isHttpsUrl(text: string): boolean {
  if (text.length > URL_CHARACTERS || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === ''
}
