/** Asks for the metadata of an identity provider before anything is stored, and judges them. */
import { type FieldFault, throwFields } from '../../fault.ts'
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import type { ImportedSettings, ProbeRequest, ProbeResult } from '../../registry/protocol.ts'
import { samlFault, samlFieldFault } from './faults.ts'
import { type IdpMetadata, METADATA_CHARACTERS, readIdpMetadata } from './metadata.ts'
import { TRANSIENT } from './names.ts'
import { discoveredOf } from './upstream.ts'

export interface SamlProbe {
  readonly fetch: OutboundFetch
  readonly now: () => Date
  /** True where the operator named the host of a plain http URL. */
  readonly allowHttp: (url: string) => boolean
}

/** Source: SAML 2.0 Metadata appendix A; many servers know the general types only. */
const ACCEPT = 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.8'

/** Settings with what the metadata say beside them; without metadata, as they are. Faults: saml.metadata_failed, saml.metadata_invalid, saml.entity_differs */
export async function probeSaml(at: SamlProbe, { settings }: ProbeRequest): Promise<ProbeResult> {
  const { discovered: _, ...given } = settings
  const { metadataXml, metadataUrl, idpEntityId } = given
  if (typeof metadataXml !== 'string' && typeof metadataUrl !== 'string') {
    return { expectedIssuer: typeof idpEntityId === 'string' ? idpEntityId : '', settings: given }
  }
  const metadata =
    typeof metadataXml === 'string' ? textual(at, metadataXml, 'metadataXml') : await fetched(at, `${metadataUrl}`)
  if (idpEntityId !== undefined && idpEntityId !== metadata.entityId) {
    const message = 'must be the entityID of the metadata'
    throw samlFault('saml.entity_differs', { fields: [samlFieldFault('saml.entity_differs', 'idpEntityId', message)] })
  }
  return { expectedIssuer: metadata.entityId, settings: { ...given, discovered: discoveredOf(metadata) } }
}

/** Reads metadata as settings. Faults: saml.metadata_failed, saml.metadata_invalid */
export async function importMetadata(
  at: SamlProbe,
  source: { readonly url: string } | { readonly text: string },
): Promise<ImportedSettings> {
  const metadata = 'text' in source ? textual(at, source.text, 'metadataXml') : await fetched(at, source.url)
  const isPost = metadata.ssoBinding === 'post'
  // A transient one could not be taken over: people are known by the subject unless somebody chooses otherwise.
  const nameIdFormat = metadata.nameIdFormats.find((format) => format !== TRANSIENT)
  const settings: JsonObject = {
    ...('url' in source ? { metadataUrl: source.url } : {}),
    idpEntityId: metadata.entityId,
    ssoUrl: metadata.ssoUrl,
    ...(metadata.sloUrl === null ? {} : { sloUrl: metadata.sloUrl }),
    ...(nameIdFormat === undefined ? {} : { nameIdFormat }),
    signingCertificate: metadata.signingCertificates.join(','),
    wantAuthnRequestsSigned: metadata.wantAuthnRequestsSigned,
    postBindingAuthnRequest: isPost,
    postBindingResponse: isPost,
  }
  return { issuer: metadata.entityId, settings, unknown: [] }
}

function textual(at: SamlProbe, xml: string, name: string): IdpMetadata {
  const judged = readIdpMetadata(xml, at.now(), at)
  if ('metadata' in judged) return judged.metadata
  throwFields(judged.faults.map((fault) => samlFieldFault('saml.metadata_invalid', name, fault.message)))
  throw samlFault('saml.metadata_invalid')
}

async function fetched(at: SamlProbe, url: string): Promise<IdpMetadata> {
  const failed = (fields: FieldFault[], cause?: unknown) => samlFault('saml.metadata_failed', { fields, cause })
  const no = (message: string) => samlFieldFault('saml.metadata_failed', 'metadataUrl', message)
  let xml: string
  try {
    const plainHttp = at.allowHttp(url) ? { allowPlainHttp: true } : {}
    const answer = await at.fetch({ url, accept: ACCEPT, maxBytes: METADATA_CHARACTERS, ...plainHttp })
    // A redirect is an answer like any other here: not the document.
    if (answer.status !== 200) throw new Error(`status ${answer.status}`)
    xml = new TextDecoder('utf-8', { fatal: true }).decode(answer.body)
  } catch (cause) {
    throw failed([no('does not answer with metadata')], cause)
  }
  const judged = readIdpMetadata(xml, at.now(), at)
  if ('metadata' in judged) return judged.metadata
  throw failed(judged.faults.map(({ message }) => no(`answers with a document that ${message}`)))
}
