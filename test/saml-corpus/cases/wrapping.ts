/**
 * Wrapping: mallory's response, genuinely signed, taken apart and put together so that a reader might find the victim.
 * Source: Somorovsky et al., "On Breaking SAML" (2012), XSW1–8, and what came after it.
 */
import type { BadCase } from '../case.ts'
import { assertionOf, replaced, type Signer, signatureOf } from '../signing.ts'
import { ASSERTION_ID, assertion, MALLORY, nameId, RESPONSE_ID, response, VICTIM } from '../templates.ts'

const evil = (id = '_evil-1') => assertion({ assertionId: id, nameId: nameId(VICTIM) })

export function wrappingCases(idp: Signer): BadCase[] {
  const signed = idp.assertionSigned()
  const wholly = idp.responseSigned()
  const both = idp.bothSigned()
  const original = assertionOf(signed)
  const bare = replaced(original, signatureOf(original), '')
  const sig = signatureOf(signed)
  const responseSig = signatureOf(wholly)
  const bareResponse = replaced(wholly, responseSig, '')
  const around = (content: string) => replaced(signed, original, content)
  const evilAround = (inner: string) => replaced(evil(), '<saml:Subject>', `${inner}<saml:Subject>`)
  const inSignature = (content: string, element = 'Object') =>
    replaced(sig, '</ds:Signature>', `<ds:${element}>${content}</ds:${element}></ds:Signature>`)
  const alone = (name: string, xml: string): BadCase => ({ name, xml, code: 'saml.assertion_not_alone' })
  const doubled = (name: string, xml: string): BadCase => ({ name, xml, code: 'saml.id_duplicate' })
  const evilResponse = (signature: string, extensions = '') =>
    response({ responseId: '_evil-r', assertion: evil(), responseSignature: signature, extensions })

  return [
    alone(
      'wrapping.xsw1-original-response-in-signature-object',
      evilResponse(replaced(responseSig, '</ds:Signature>', `<ds:Object>${bareResponse}</ds:Object></ds:Signature>`)),
    ),
    alone(
      'wrapping.xsw2-original-response-beside-signature',
      evilResponse(responseSig, `<samlp:Extensions>${bareResponse}</samlp:Extensions>`),
    ),
    alone('wrapping.xsw3-evil-assertion-before-original', around(evil() + original)),
    alone('wrapping.xsw3-evil-assertion-behind-original', around(original + evil())),
    alone('wrapping.xsw4-evil-assertion-around-original', around(evilAround(original))),
    alone('wrapping.xsw5-signature-in-evil-original-behind', around(evilAround(sig) + bare)),
    alone(
      'wrapping.xsw6-original-in-signature-of-evil',
      around(evilAround(replaced(sig, '</ds:Signature>', `${bare}</ds:Signature>`))),
    ),
    doubled(
      'wrapping.xsw7-evil-in-extensions',
      replaced(signed, '<samlp:Status>', `<samlp:Extensions>${evil(ASSERTION_ID)}</samlp:Extensions><samlp:Status>`),
    ),
    alone('wrapping.xsw8-original-in-object-of-evil', around(evilAround(inSignature(bare)))),
    alone(
      'wrapping.evil-in-status-detail',
      replaced(signed, '</samlp:Status>', `<samlp:StatusDetail>${evil()}</samlp:StatusDetail></samlp:Status>`),
    ),
    alone(
      'wrapping.original-in-status-detail',
      replaced(
        around(evil()),
        '</samlp:Status>',
        `<samlp:StatusDetail>${original}</samlp:StatusDetail></samlp:Status>`,
      ),
    ),
    alone(
      'wrapping.evil-in-advice',
      around(replaced(original, '<saml:AuthnStatement', `<saml:Advice>${evil()}</saml:Advice><saml:AuthnStatement`)),
    ),
    alone(
      'wrapping.original-in-advice-of-evil',
      around(replaced(evil(), '<saml:AuthnStatement', `<saml:Advice>${original}</saml:Advice><saml:AuthnStatement`)),
    ),
    alone('wrapping.evil-in-attribute-value', around(replaced(original, 'staff', evil()))),
    alone('wrapping.original-in-attribute-value-of-evil', around(replaced(evil(), 'staff', original))),
    alone('wrapping.evil-in-issuer', around(original).replace('https://idp.example/saml<', `${evil()}<`)),
    alone('wrapping.original-in-key-info', around(evilAround(inSignature(bare, 'KeyInfo')))),
    alone(
      'wrapping.original-in-conditions-of-evil',
      around(replaced(evil(), '</saml:Conditions>', `${original}</saml:Conditions>`)),
    ),
    alone('wrapping.original-in-name-id-of-evil', around(replaced(evil(), VICTIM, `${VICTIM}${original}`))),
    alone('wrapping.three-assertions', around(evil('_evil-1') + original + evil('_evil-2'))),
    alone('wrapping.both-signed-evil-added', replaced(both, '</samlp:Response>', `${evil()}</samlp:Response>`)),
    alone(
      'wrapping.evil-encrypted-assertion-beside-original',
      around(`${original}<saml:EncryptedAssertion></saml:EncryptedAssertion>`),
    ),
    doubled('wrapping.response-in-response', replaced(wholly, '</samlp:Response>', `${signed}</samlp:Response>`)),
    alone(
      'wrapping.evil-with-default-namespace',
      around(original + evil().replaceAll('saml:', '').replace('xmlns:saml', 'xmlns')),
    ),
    alone(
      'wrapping.two-assertions-of-the-provider',
      around(original + assertionOf(idp.assertionSigned({ assertionId: '_assertion-2' }))),
    ),
    {
      name: 'wrapping.evil-response-with-signature-of-another',
      xml: evilResponse(responseSig),
      code: 'saml.reference_wrong',
    },
    {
      name: 'wrapping.evil-assertion-with-signature-of-another',
      xml: around(evilAround(sig)),
      code: 'saml.reference_wrong',
    },
    {
      name: 'wrapping.evil-assertion-of-the-same-id',
      xml: around(replaced(evil(ASSERTION_ID), '<saml:Subject>', `${sig}<saml:Subject>`)),
      code: 'saml.digest_mismatch',
    },
    {
      name: 'wrapping.signature-of-assertion-in-response',
      xml: replaced(around(evil()), '<samlp:Status>', `${sig}<samlp:Status>`),
      code: 'saml.reference_wrong',
    },
    {
      name: 'wrapping.signature-of-response-in-assertion',
      xml: replaced(bareResponse, '<saml:Subject>', `${responseSig}<saml:Subject>`),
      code: 'saml.reference_wrong',
    },
    {
      name: 'wrapping.signature-in-extensions',
      xml: replaced(around(evil()), '<samlp:Status>', `<samlp:Extensions>${sig}</samlp:Extensions><samlp:Status>`),
      code: 'saml.signature_misplaced',
    },
    {
      name: 'wrapping.signature-in-subject',
      xml: around(replaced(evil(), '<saml:Subject>', `<saml:Subject>${sig}`)),
      code: 'saml.signature_misplaced',
    },
    {
      name: 'wrapping.signature-in-signature',
      xml: around(evilAround(inSignature(sig))),
      code: 'saml.signature_misplaced',
    },
    {
      name: 'wrapping.two-signatures-in-assertion',
      xml: around(replaced(original, '<saml:Subject>', `${sig}<saml:Subject>`)),
      code: 'saml.signature_not_alone',
    },
    {
      name: 'wrapping.two-signatures-in-response',
      xml: replaced(wholly, '<samlp:Status>', `${responseSig}<samlp:Status>`),
      code: 'saml.signature_not_alone',
    },
    {
      name: 'wrapping.assertion-within-an-element',
      xml: around(`<samlp:Wrapper>${original}</samlp:Wrapper>`),
      code: 'saml.assertion_misplaced',
    },
    {
      name: 'wrapping.assertion-in-extensions-alone',
      xml: replaced(around(''), '<samlp:Status>', `<samlp:Extensions>${original}</samlp:Extensions><samlp:Status>`),
      code: 'saml.assertion_misplaced',
    },
    { name: 'wrapping.name-id-changed', xml: signed.replaceAll(MALLORY, VICTIM), code: 'saml.digest_mismatch' },
    {
      name: 'wrapping.response-name-id-changed',
      xml: wholly.replaceAll(MALLORY, VICTIM),
      code: 'saml.digest_mismatch',
    },
    {
      name: 'wrapping.second-subject-added',
      xml: around(
        replaced(original, '<saml:Conditions', `<saml:Subject>${nameId(VICTIM)}</saml:Subject><saml:Conditions`),
      ),
      code: 'saml.digest_mismatch',
    },
    {
      name: 'wrapping.attribute-added',
      xml: around(replaced(original, '>contractors<', '>admins<')),
      code: 'saml.digest_mismatch',
    },
    {
      name: 'wrapping.namespace-redeclared-on-name-id',
      xml: around(replaced(original, '<saml:NameID', '<saml:NameID xmlns:saml="urn:evil"')),
      code: 'saml.digest_mismatch',
    },
    {
      name: 'wrapping.response-of-evil-namespace',
      xml: replaced(signed, 'urn:oasis:names:tc:SAML:2.0:protocol', 'urn:evil:protocol'),
      code: 'saml.message_unknown',
    },
    {
      name: 'wrapping.both-signed-response-signature-stale',
      xml: replaced(both, 'InResponseTo="_request-1"', 'InResponseTo="_request-2"'),
      code: 'saml.digest_mismatch',
    },
    {
      name: 'ids.status-has-the-assertions-id',
      xml: replaced(signed, '<samlp:Status>', `<samlp:Status ID="${ASSERTION_ID}">`),
      code: 'saml.id_duplicate',
    },
    {
      name: 'ids.xml-id-pollution',
      xml: replaced(signed, '<samlp:Status>', `<samlp:Status xml:id="${ASSERTION_ID}">`),
      code: 'saml.id_duplicate',
    },
    {
      name: 'ids.lower-case-pollution',
      xml: replaced(signed, '<samlp:Status>', `<samlp:Status id="${ASSERTION_ID}">`),
      code: 'saml.id_duplicate',
    },
    {
      name: 'ids.namespaced-pollution',
      xml: replaced(signed, '<samlp:Status>', `<samlp:Status xmlns:e="urn:evil" e:ID="${ASSERTION_ID}">`),
      code: 'saml.id_duplicate',
    },
    {
      name: 'ids.namespaced-id-on-evil-assertion',
      xml: around(replaced(evilAround(sig), 'ID="_evil-1"', `xmlns:e="urn:evil" e:ID="${ASSERTION_ID}"`)),
      code: 'saml.id_invalid',
    },
    {
      name: 'ids.response-and-assertion-share-one',
      xml: replaced(signed, RESPONSE_ID, ASSERTION_ID),
      code: 'saml.id_duplicate',
    },
    {
      name: 'ids.assertion-without-an-id',
      xml: around(replaced(evilAround(sig), 'ID="_evil-1"', '')),
      code: 'saml.id_invalid',
    },
    { name: 'ids.response-without-an-id', xml: replaced(signed, `ID="${RESPONSE_ID}"`, ''), code: 'saml.id_invalid' },
    {
      name: 'ids.id-with-a-quote',
      xml: replaced(signed, `ID="${RESPONSE_ID}"`, `ID="x' or 'x'='x"`),
      code: 'saml.id_invalid',
    },
    {
      name: 'ids.id-of-300-characters',
      xml: idp.assertionSigned({ assertionId: `_${'a'.repeat(300)}` }),
      code: 'saml.id_invalid',
    },
  ]
}
