/** Messages beside the response that are believed for their signature. */
import type { Case } from '../case.ts'
import { replaced, type Signer, type Signers } from '../signing.ts'
import { IDP, issuer, MALLORY, nameId, SP, signature, status } from '../templates.ts'
import { SIGNATURE_OF_RESPONSE } from '../xmlsec.ts'

const ID = '_message-1'

export function messageCases({ idp, stranger }: Signers): Case[] {
  const logout = message('LogoutRequest', `${nameId(MALLORY)}<samlp:SessionIndex>_session-1</samlp:SessionIndex>`)
  const done = message('LogoutResponse', status())
  const signed = (by: Signer, xml: string) => by.fill(xml, SIGNATURE_OF_RESPONSE)
  const good = signed(idp, logout)
  return [
    { name: 'logout-request', xml: good },
    { name: 'logout-request.by-a-stranger', xml: signed(stranger, logout) },
    { name: 'logout-request.changed', xml: replaced(good, MALLORY, 'victim@corp.example') },
    { name: 'logout-request.unsigned', xml: good.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '') },
    { name: 'logout-response', xml: signed(idp, done) },
    { name: 'metadata', xml: signed(idp, metadata()) },
  ]
}

function message(name: string, content: string): string {
  const attributes = `ID="${ID}" Version="2.0" IssueInstant="2026-05-01T12:00:00Z" Destination="${SP}/slo"`
  return `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ${attributes}>${issuer()}${signature(ID)}${content}</samlp:${name}>`
}

function metadata(): string {
  const service = `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"></md:SingleSignOnService>`
  return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="${ID}" entityID="${IDP}">${signature(ID)}<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${service}</md:IDPSSODescriptor></md:EntityDescriptor>`
}
