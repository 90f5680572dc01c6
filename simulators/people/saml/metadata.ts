/** The metadata of the simulated provider. Source: SAML 2.0 Metadata §2.4. */
import { inner, root, text } from './xml.ts'

export const FORMATS = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
} as const

export function metadataOf(
  entityId: string,
  issuer: string,
  certificates: readonly string[],
  validUntil: string | null,
): string {
  const keyOf = (certificate: string) =>
    inner('md:KeyDescriptor', { use: 'signing' }, [
      root('ds:KeyInfo', {}, [inner('ds:X509Data', {}, [inner('ds:X509Certificate', {}, [certificate])])]),
    ])
  const services = (['HTTP-POST', 'HTTP-Redirect'] as const).map((binding) =>
    inner('md:SingleSignOnService', {
      Binding: `urn:oasis:names:tc:SAML:2.0:bindings:${binding}`,
      Location: `${issuer}/sso`,
    }),
  )
  const role = inner(
    'md:IDPSSODescriptor',
    { WantAuthnRequestsSigned: 'false', protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol' },
    [
      ...certificates.map(keyOf),
      ...Object.values(FORMATS).map((format) => inner('md:NameIDFormat', {}, [text(format)])),
      ...services,
    ],
  )
  return root('md:EntityDescriptor', { entityID: entityId, validUntil }, [role])
}
