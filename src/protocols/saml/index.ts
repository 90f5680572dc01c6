/**
 * PROTOCOL `saml`
 *
 * Owns: metadata and settings of SAML 2.0 identity providers that people sign in with; our own metadata as a service provider;
 * requests, responses and what they say of a person.
 *
 * xml.ts           the one reader of XML that nobody vouches for
 * signed-xml/      what a signature covers: strict reading, canonical form, the one signature rule
 * canonical.ts     the one writer, whose XML is its own canonical form; sign-xml.ts signs it, bindings.ts sends it
 * certificates.ts  which certificates of a provider are good
 * metadata.ts      judges metadata; write-metadata.ts writes them
 * service-provider.ts  who we are to each provider: entity id, addresses, metadata
 * settings.ts      what an administrator may set; upstream.ts puts it over what the metadata say
 * sign-in/         the request of a login, and what its response says; response/ judges the response
 * verify-assertion.ts  assertions that are exchanged as tokens
 * logout/          single logout: ours, and the provider's
 *
 * Specification: SAML 2.0 Core, Bindings, Profiles, Metadata; Metadata Interoperability Profile; CONTRACT.md sections 2 to 5 and 7.
 */
import type { SamlKey } from '../../keys/saml-key.ts'
import type { Protocol } from '../../registry/protocol.ts'
import { samlFieldFault } from './faults.ts'
import { askedToLeave } from './logout/asked.ts'
import { judgeReturn, leaveUpstream } from './logout/leave.ts'
import { importMetadata, probeSaml, type SamlProbe } from './probe.ts'
import { parseSamlSettings } from './settings.ts'
import { beginSignIn } from './sign-in/begin.ts'
import { finishSignIn, type Receiver } from './sign-in/finish.ts'
import { upstreamOf } from './upstream.ts'
import { verifyAssertion } from './verify-assertion.ts'
import { writeIdpMetadata } from './write-metadata.ts'

export interface SamlOptions extends SamlProbe {
  readonly publicUrl: string
  readonly randomBytes: (size: number) => Uint8Array
  readonly samlKey: SamlKey
  /** One of all who ask, in any process, for each scope and key until the moment. */
  readonly takeOnce: Receiver['takeOnce']
}

export function samlProtocol(options: SamlOptions): Protocol {
  const { publicUrl, randomBytes, now, samlKey, takeOnce } = options
  const speaker = { publicUrl, randomBytes, now, signer: samlKey }
  const receiver = { publicUrl, takeOnce, decryptionKeys: samlKey.decryptionKeys }
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
    verifyAssertion: (ask, ladder) => verifyAssertion(receiver, ask, ladder),
    signIn: {
      begin: (request) => beginSignIn(speaker, request),
      finish: (answer, ladder) => finishSignIn(receiver, answer, ladder),
      logout: (ask) => leaveUpstream(speaker, ask),
      logoutReturned: (answer) => judgeReturn(publicUrl, answer),
      logoutAsked: (call, ladder) => askedToLeave({ ...speaker, takeOnce }, call, ladder),
    },
  }
}
