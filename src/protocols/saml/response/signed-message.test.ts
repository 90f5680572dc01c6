import { describe, expect, it } from 'vitest'
import { createLadder } from '../../../decisions/ladder.ts'
import { EXPECTED, messageCase } from '../testing/corpus.ts'
import { attributeOf, childrenOf } from '../xml.ts'
import { type ExpectedMessage, verifySignedMessage } from './signed-message.ts'

const LOGOUT: ExpectedMessage = { ...EXPECTED, names: ['LogoutRequest', 'LogoutResponse'], mustBeSigned: true }

function judged(name: string, expected: ExpectedMessage = LOGOUT) {
  const ladder = createLadder('lenient')
  const message = verifySignedMessage(messageCase(name), expected, ladder)
  return { message, code: ladder.failure?.code ?? null }
}

describe('a message that is believed for its signature', () => {
  it('is read from what the signature covers, without the signature', () => {
    const { message, code } = judged('logout-request')
    expect(code).toBeNull()
    expect(message?.isSigned).toBe(true)
    const { root } = message ?? expect.fail()
    expect([root.name, attributeOf(root, 'ID')]).toEqual(['LogoutRequest', '_message-1'])
    expect(root.children.map(({ name }) => name)).toEqual(['Issuer', 'NameID', 'SessionIndex'])
    const [nameId] = childrenOf(root, 'urn:oasis:names:tc:SAML:2.0:assertion', 'NameID')
    expect(nameId?.text).toBe('mallory@corp.example')
  })

  it.each([
    ['logout-response', LOGOUT],
    ['metadata', { ...LOGOUT, names: ['EntityDescriptor'] }],
  ] as const)('may be a %s', (name, expected) => expect(judged(name, expected)).toMatchObject({ code: null }))

  it.each([
    ['logout-request.by-a-stranger', LOGOUT, 'signature.invalid'],
    ['logout-request.changed', LOGOUT, 'saml.digest_mismatch'],
    ['logout-request.unsigned', LOGOUT, 'saml.signature_missing'],
    ['logout-request', { ...LOGOUT, names: ['LogoutResponse'] }, 'saml.message_unknown'],
    ['metadata', LOGOUT, 'saml.message_unknown'],
    ['logout-request', { ...LOGOUT, certificates: [] }, 'saml.key_missing'],
    // Nobody needs to sign, but who does must do it well.
    ['logout-request.changed', { ...LOGOUT, mustBeSigned: false }, 'saml.digest_mismatch'],
  ] as const)('is refused as %s', (name, expected, code) =>
    expect(judged(name, expected)).toEqual({ message: null, code }),
  )

  it('is read without a signature where none is demanded, and says so', () => {
    const { message, code } = judged('logout-request.unsigned', { ...LOGOUT, mustBeSigned: false })
    expect([message?.isSigned, message?.root.name, code]).toEqual([false, 'LogoutRequest', null])
  })
})
