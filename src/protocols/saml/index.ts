/**
 * PROTOCOL `saml`
 *
 * Owns: metadata and settings of SAML 2.0 identity providers that people sign in with; our own metadata as a service provider.
 * Does not own yet: requests, responses, logout and assertions as tokens. There is no `verifyToken`, so the plane refuses
 * them by name.
 *
 * xml.ts           the one reader of XML that nobody vouches for, and the escaping of what we write
 * certificates.ts  which certificates of a provider are good
 * metadata.ts      judges metadata; write-metadata.ts writes them
 * service-provider.ts  who we are to each provider: entity id, addresses, metadata
 * settings.ts      what an administrator may set; upstream.ts puts it over what the metadata say
 *
 * Specification: SAML 2.0 Core, Bindings, Metadata; Metadata Interoperability Profile; CONTRACT.md sections 2 to 4.
 */
import type { Protocol } from '../../registry/protocol.ts'
import { samlFieldFault } from './faults.ts'
import { importMetadata, probeSaml, type SamlProbe } from './probe.ts'
import { parseSamlSettings } from './settings.ts'
import { upstreamOf } from './upstream.ts'
import { writeIdpMetadata } from './write-metadata.ts'

export function samlProtocol(options: SamlProbe): Protocol {
  return {
    name: 'saml',
    // Entity ids are URIs: an address, or a name without one.
    issuerSchemes: ['https', 'http', 'urn'],
    secretFields: [],
    parseSettings(use, input, before) {
      const parsed = parseSamlSettings(input, { now: options.now(), allowHttp: options.allowHttp, before })
      if (use === 'workforce') return parsed
      return {
        ...parsed,
        faults: [{ ...samlFieldFault('saml.value_invalid', '', 'is for people only'), path: 'saml' }],
      }
    },
    probe: (request) => probeSaml(options, request),
    describeUpstream({ settings }) {
      const upstream = upstreamOf(settings)
      return upstream === null ? null : writeIdpMetadata(upstream)
    },
    importSettings: (source) => importMetadata(options, source),
  }
}
