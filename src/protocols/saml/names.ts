/** The names that SAML documents are written in. Source: SAML 2.0 Core, Bindings and Metadata; XML Signature. */

export const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
export const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#'
/** As it stands in `protocolSupportEnumeration`. */
export const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'

export const BINDINGS = {
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
} as const

export type Binding = keyof typeof BINDINGS

export const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'

export const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
export const EMAIL_ADDRESS = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
export const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

/** Exclusive canonicalisation without comments, and the namespace of its parameters. */
export const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

export const ENCRYPTION = 'http://www.w3.org/2001/04/xmlenc#'
export const ENCRYPTION_11 = 'http://www.w3.org/2009/xmlenc11#'
