/** Responses of the identity provider of the corpus, before they are signed. */

export const IDP = 'https://idp.example/saml'
export const SP = 'https://entente.example/saml/acme/okta'
export const REQUEST = '_request-1'
export const VICTIM = 'victim@corp.example'
export const MALLORY = 'mallory@corp.example'
export const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
export const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

const NS = {
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
}
export const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const ENVELOPED = `${NS.ds}enveloped-signature`
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

export interface SignatureShape {
  readonly uri?: string
  readonly canonicalisation?: string
  readonly algorithm?: string
  readonly methodParameters?: string
  /** XML of the children of Transforms, or null for no Transforms. */
  readonly transforms?: string | null
  readonly digest?: string
  readonly moreReferences?: string
  readonly keyInfo?: string
  readonly objects?: string
}

export const transform = (algorithm: string, content = '') =>
  `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`

export const inclusive = (prefixes: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="${prefixes}"></ec:InclusiveNamespaces>`

/** A template that xmlsec1 fills in. */
export function signature(id: string, shape: SignatureShape = {}): string {
  const transforms =
    shape.transforms === null
      ? ''
      : `<ds:Transforms>${shape.transforms ?? transform(ENVELOPED) + transform(EXC)}</ds:Transforms>`
  const { canonicalisation = transformless(EXC), algorithm = RSA_SHA256, digest = SHA256 } = shape
  return `<ds:Signature xmlns:ds="${NS.ds}"><ds:SignedInfo>${canonicalisation}<ds:SignatureMethod Algorithm="${algorithm}">${
    shape.methodParameters ?? ''
  }</ds:SignatureMethod><ds:Reference URI="${shape.uri ?? `#${id}`}">${transforms}<ds:DigestMethod Algorithm="${digest}"></ds:DigestMethod><ds:DigestValue></ds:DigestValue></ds:Reference>${
    shape.moreReferences ?? ''
  }</ds:SignedInfo><ds:SignatureValue></ds:SignatureValue>${shape.keyInfo ?? ''}${shape.objects ?? ''}</ds:Signature>`
}

export const transformless = (algorithm: string, content = '') =>
  `<ds:CanonicalizationMethod Algorithm="${algorithm}">${content}</ds:CanonicalizationMethod>`

export interface Shape {
  readonly responseId?: string
  readonly assertionId?: string
  /** XML, each; the empty text leaves it out. */
  readonly nameId?: string
  readonly issuer?: string
  readonly responseIssuer?: string
  readonly status?: string
  readonly extensions?: string
  readonly confirmations?: string
  readonly conditions?: string
  readonly advice?: string
  readonly authnStatement?: string
  readonly attributes?: string
  readonly subject?: string
  /** Attributes of tags as text. */
  readonly responseAttributes?: string
  readonly assertionAttributes?: string
  readonly responseSignature?: string
  readonly assertionSignature?: string
  /** Behind or instead of the assertion. */
  readonly assertion?: string
  readonly after?: string
}

export const attribute = (name: string, ...values: string[]) =>
  `<saml:Attribute Name="${name}" FriendlyName="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">${values
    .map(
      (value) =>
        `<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${value}</saml:AttributeValue>`,
    )
    .join('')}</saml:Attribute>`

export const nameId = (value: string, format = EMAIL) => `<saml:NameID Format="${format}">${value}</saml:NameID>`
export const issuer = (value = IDP, more = '') => `<saml:Issuer${more}>${value}</saml:Issuer>`
export const status = (content = statusCode('Success')) => `<samlp:Status>${content}</samlp:Status>`
export const statusCode = (value: string, content = '') =>
  `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${value}">${content}</samlp:StatusCode>`
export const confirmation = (data = confirmationData(), method = 'bearer') =>
  `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}">${data}</saml:SubjectConfirmation>`
export const confirmationData = (attributes?: string) =>
  `<saml:SubjectConfirmationData ${attributes ?? `InResponseTo="${REQUEST}" NotOnOrAfter="2026-05-01T12:05:00Z" Recipient="${SP}/acs"`}></saml:SubjectConfirmationData>`
export const audience = (...values: string[]) =>
  `<saml:AudienceRestriction>${values.map((one) => `<saml:Audience>${one}</saml:Audience>`).join('')}</saml:AudienceRestriction>`
export const conditions = (content = audience(`${SP}/metadata`), attributes?: string) =>
  `<saml:Conditions ${attributes ?? 'NotBefore="2026-05-01T11:59:00Z" NotOnOrAfter="2026-05-01T12:05:00Z"'}>${content}</saml:Conditions>`
export const authnContext = (ref = 'PasswordProtectedTransport') =>
  `<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:${ref}</saml:AuthnContextClassRef></saml:AuthnContext>`
export const authnStatement = (attributes?: string, content = authnContext()) =>
  `<saml:AuthnStatement ${attributes ?? 'AuthnInstant="2026-05-01T11:59:30Z" SessionIndex="_session-1" SessionNotOnOrAfter="2026-05-01T20:00:00Z"'}>${content}</saml:AuthnStatement>`
export const attributeStatement = (content: string) => `<saml:AttributeStatement>${content}</saml:AttributeStatement>`
export const subject = (content: string) => `<saml:Subject>${content}</saml:Subject>`

export const RESPONSE_ID = '_response-1'
export const ASSERTION_ID = '_assertion-1'
const ISSUED = 'IssueInstant="2026-05-01T12:00:00Z"'

export function assertion(shape: Shape = {}): string {
  const { assertionId = ASSERTION_ID } = shape
  const content = [
    shape.issuer ?? issuer(),
    shape.assertionSignature ?? '',
    shape.subject ?? subject((shape.nameId ?? nameId(MALLORY)) + (shape.confirmations ?? confirmation())),
    shape.conditions ?? conditions(),
    shape.advice ?? '',
    shape.authnStatement ?? authnStatement(),
    shape.attributes ?? attributeStatement(attribute('mail', MALLORY) + attribute('groups', 'staff', 'contractors')),
  ].join('')
  const attributes = shape.assertionAttributes ?? `ID="${assertionId}" Version="2.0" ${ISSUED}`
  return `<saml:Assertion xmlns:saml="${NS.saml}" ${attributes}>${content}</saml:Assertion>`
}

export function response(shape: Shape = {}): string {
  const { responseId = RESPONSE_ID } = shape
  const attributes =
    shape.responseAttributes ??
    `ID="${responseId}" Version="2.0" ${ISSUED} Destination="${SP}/acs" InResponseTo="${REQUEST}"`
  const content = [
    shape.responseIssuer ?? issuer(),
    shape.responseSignature ?? '',
    shape.extensions ?? '',
    shape.status ?? status(),
    shape.assertion ?? assertion(shape),
    shape.after ?? '',
  ].join('')
  return `<samlp:Response xmlns:samlp="${NS.samlp}" xmlns:saml="${NS.saml}" ${attributes}>${content}</samlp:Response>`
}
