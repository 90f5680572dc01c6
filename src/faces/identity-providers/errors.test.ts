import { describe, expect, it } from 'vitest'
import { Fault, type FaultKind } from '../../fault.ts'
import { PLAIN_VIEW, segmentsOf, toDetail, toWirePath } from './errors.ts'

const SAML = { ...PLAIN_VIEW, block: 'saml_config' } as const
const MAPPER = { ...PLAIN_VIEW, isMapper: true } as const

it.each<[FaultKind, number]>([
  ['invalid', 400],
  ['unauthenticated', 401],
  ['denied', 403],
  ['missing', 404],
  ['conflict', 409],
  ['upstream', 400],
  ['limited', 429],
  ['unavailable', 503],
  ['internal', 500],
])('a fault of kind %s is %i, with its code', (kind, status) => {
  const shaped = toDetail({ fault: new Fault(kind, 'some.code', 'A sentence.'), spelling: 'core', status: null })
  expect(shaped).toEqual({ status, body: { detail: [{ loc: [], msg: 'A sentence.', type: 'some.code' }] } })
})

describe('a core path', () => {
  it.each([
    ['id', 'alias', PLAIN_VIEW],
    ['displayName', 'display_name', PLAIN_VIEW],
    ['known', 'known_provider', PLAIN_VIEW],
    ['issuer', 'oidc_config.issuer', PLAIN_VIEW],
    ['issuer', 'saml_config.idp_entity_id', SAML],
    ['oidc', 'oidc_config', PLAIN_VIEW],
    ['oidc.clientSecret', 'oidc_config.client_secret', PLAIN_VIEW],
    ['oauth2.userInfoUrl', 'oidc_config.user_info_url', PLAIN_VIEW],
    ['saml.ssoUrl', 'saml_config.single_sign_on_service_url', SAML],
    ['syncMode', 'oidc_config.sync_mode', PLAIN_VIEW],
    ['syncMode', 'saml_config.sync_mode', SAML],
    ['domains[3]', 'domains[3]', PLAIN_VIEW],
    ['attributeMapping.google.subject', 'attribute_mapping.google.subject', PLAIN_VIEW],
    ['mappers[2].type', 'mappers[2].identity_provider_mapper', PLAIN_VIEW],
    ['mappers[2].syncMode', 'mappers[2].config.syncMode', PLAIN_VIEW],
    ['mappers[2].config.syncMode', 'mappers[2].config.syncMode', PLAIN_VIEW],
    ['mappers[2].config.user.attribute', 'config.user.attribute', MAPPER],
    ['mappers[2].type', 'identity_provider_mapper', MAPPER],
    ['mappers', 'config.role', MAPPER],
    ['mappers', 'mappers', PLAIN_VIEW],
  ])('%s is called %s', (core, wire, view) => {
    expect(toWirePath(core, view)).toBe(wire)
  })
})

describe('a place', () => {
  it.each<[string, (string | number)[]]>([
    ['alias', ['alias']],
    ['oidc_config.client_id', ['oidc_config', 'client_id']],
    ['domains[1]', ['domains', 1]],
    ['mappers[0].config.user.attribute', ['mappers', 0, 'config', 'user.attribute']],
    ['config.user.attribute', ['config', 'user.attribute']],
    ['attribute_mapping.google.subject', ['attribute_mapping', 'google.subject']],
    ['body', []],
  ])('of %s is %j', (path, segments) => {
    expect(segmentsOf(path)).toEqual(segments)
  })
})

it('speaks of settings as the caller knows them, and says the same of one field once', () => {
  const bad = (path: string, message: string) => ({ path, code: 'c', message })
  const fields = [
    bad('issuer', 'must be a URL'),
    bad('issuer', 'must be a URL'),
    bad('oidc.tokenUrl', 'goes with authorizationUrl'),
  ]
  const { body } = toDetail({ fault: new Fault('invalid', 'c', 'S.', { fields }), spelling: 'core', status: null })
  expect(body).toEqual({
    detail: [
      { loc: ['body', 'oidc_config', 'issuer'], msg: 'must be a URL', type: 'c' },
      { loc: ['body', 'oidc_config', 'token_url'], msg: 'goes with authorization_url', type: 'c' },
    ],
  })
})
