/** Genuine responses of the provider that are for somebody else, for another time, or for another purpose. */
import type { BadCase, Change } from '../case.ts'
import type { Signer } from '../signing.ts'
import {
  attribute,
  attributeStatement,
  audience,
  authnContext,
  authnStatement,
  conditions,
  confirmation,
  confirmationData,
  IDP,
  issuer,
  MALLORY,
  nameId,
  PERSISTENT,
  REQUEST,
  RESPONSE_ID,
  response,
  type Shape,
  SP,
  status,
  statusCode,
  subject,
} from '../templates.ts'

export function bindingCases(idp: Signer): BadCase[] {
  const bad = (name: string, code: string, shape: Shape, change?: Change): BadCase => ({
    name,
    code,
    xml: shape.assertion === '' ? idp.responseSigned(shape) : idp.bothSigned(shape),
    ...(change === undefined ? {} : { change }),
  })
  const unsignedResponse = (name: string, code: string, shape: Shape): BadCase => ({
    name,
    code,
    xml: idp.assertionSigned(shape),
  })
  return [...addressed(bad, unsignedResponse), ...confirmed(bad), ...restricted(bad), ...timed(bad), ...stated(bad)]
}

type Bad = (name: string, code: string, shape: Shape, change?: Change) => BadCase

const about = (more: string) => ({
  responseAttributes: `ID="${RESPONSE_ID}" Version="2.0" IssueInstant="2026-05-01T12:00:00Z" ${more}`,
})
const answering = (destination: string, request = ` InResponseTo="${REQUEST}"`) =>
  about(`Destination="${destination}"${request}`)

function addressed(bad: Bad, unsignedResponse: Bad): BadCase[] {
  const mismatch = (name: string, destination: string) =>
    bad(`destination.${name}`, 'saml.destination_mismatch', answering(destination))
  return [
    mismatch('of-another-tenant', 'https://entente.example/saml/other/okta/acs'),
    mismatch('of-another-host', 'https://evil.example/saml/acme/okta/acs'),
    mismatch('with-a-slash', `${SP}/acs/`),
    mismatch('with-a-query', `${SP}/acs?x=1`),
    mismatch('with-a-space', `${SP}/acs `),
    mismatch('in-capitals', `${SP}/ACS`),
    mismatch('empty', ''),
    mismatch('the-metadata', `${SP}/metadata`),
    bad('destination.missing', 'saml.destination_missing', about(`InResponseTo="${REQUEST}"`)),
    unsignedResponse(
      'destination.missing-response-unsigned',
      'saml.destination_missing',
      about(`InResponseTo="${REQUEST}"`),
    ),
    unsignedResponse(
      'destination.of-another-response-unsigned',
      'saml.destination_mismatch',
      answering('https://evil.example/acs'),
    ),
    bad('request.of-another-login', 'saml.request_mismatch', answering(`${SP}/acs`, ' InResponseTo="_request-2"')),
    bad('request.missing-at-the-response', 'saml.unsolicited', answering(`${SP}/acs`, '')),
    bad('request.empty', 'saml.request_mismatch', answering(`${SP}/acs`, ' InResponseTo=""')),
    bad('request.unexpected', 'saml.request_unexpected', {}, { inResponseTo: null }),
    unsignedResponse(
      'request.of-another-login-response-unsigned',
      'saml.request_mismatch',
      answering(`${SP}/acs`, ' InResponseTo="_request-2"'),
    ),
    bad('issuer.of-another', 'issuer.mismatch', { issuer: issuer('https://evil.example/saml') }),
    bad('issuer.both-of-another', 'issuer.mismatch', {
      issuer: issuer('https://evil.example/'),
      responseIssuer: issuer('https://evil.example/'),
    }),
    bad('issuer.with-a-slash', 'issuer.mismatch', { issuer: issuer(`${IDP}/`), responseIssuer: issuer(`${IDP}/`) }),
    bad('issuer.in-capitals', 'issuer.mismatch', {
      issuer: issuer(IDP.toUpperCase()),
      responseIssuer: issuer(IDP.toUpperCase()),
    }),
    bad('issuer.with-white-space', 'issuer.mismatch', { issuer: issuer(` ${IDP}\n`) }),
    bad('issuer.response-of-another', 'saml.issuers_differ', { responseIssuer: issuer('https://evil.example/saml') }),
    bad(
      'issuer.any-but-they-differ',
      'saml.issuers_differ',
      { responseIssuer: issuer('https://evil.example/saml') },
      { idpEntityId: null },
    ),
    bad('issuer.empty', 'saml.issuer_missing', { issuer: issuer('') }),
    bad('issuer.missing-at-the-signed-response', 'saml.issuer_missing', { responseIssuer: '' }),
    bad('issuer.no-entity', 'saml.issuer_missing', { issuer: issuer(IDP, ` Format="${PERSISTENT}"`) }),
    bad('issuer.missing-at-the-assertion', 'saml.assertion_malformed', { issuer: '' }),
    bad('version.response-1.1', 'saml.version_unsupported', {
      responseAttributes: about(`Destination="${SP}/acs" InResponseTo="${REQUEST}"`).responseAttributes.replace(
        '2.0',
        '1.1',
      ),
    }),
    bad('version.assertion-2.1', 'saml.version_unsupported', {
      assertionAttributes: 'ID="_assertion-1" Version="2.1" IssueInstant="2026-05-01T12:00:00Z"',
    }),
    bad('version.missing', 'saml.version_unsupported', {
      assertionAttributes: 'ID="_assertion-1" IssueInstant="2026-05-01T12:00:00Z"',
    }),
    bad('status.responder', 'upstream.unavailable', { status: status(statusCode('Responder')) }),
    bad('status.authn-failed', 'upstream.access_denied', {
      status: status(statusCode('Responder', statusCode('AuthnFailed'))),
    }),
    bad('status.no-passive', 'upstream.interaction_required', {
      status: status(statusCode('Responder', statusCode('NoPassive'))),
    }),
    bad('status.no-authn-context', 'upstream.level_unmet', {
      status: status(statusCode('Responder', statusCode('NoAuthnContext'))),
    }),
    bad('status.requester', 'upstream.request_refused', { status: status(statusCode('Requester')) }),
    bad('status.success-below-responder', 'upstream.unavailable', {
      status: status(statusCode('Responder', statusCode('Success'))),
    }),
    bad('status.unknown', 'saml.status_failed', {
      status: status('<samlp:StatusCode Value="urn:evil"></samlp:StatusCode>'),
    }),
    bad('status.missing', 'saml.status_failed', { status: '' }),
    bad('status.empty', 'saml.status_failed', { status: status('') }),
    {
      name: 'status.unsigned-refusal',
      code: 'upstream.access_denied',
      xml: response({ status: status(statusCode('Responder', statusCode('AuthnFailed'))), assertion: '' }),
    },
    bad('status.success-without-an-assertion', 'saml.assertion_missing', { assertion: '' }),
    bad(
      'assertion.in-the-clear-where-encryption-is-wanted',
      'saml.encryption_missing',
      {},
      { wantAssertionsEncrypted: true },
    ),
  ]
}

function confirmed(bad: Bad): BadCase[] {
  const only = (name: string, code: string, attributes: string, method = 'bearer') =>
    bad(`confirmation.${name}`, code, { confirmations: confirmation(confirmationData(attributes), method) })
  const until = 'NotOnOrAfter="2026-05-01T12:05:00Z"'
  const here = `Recipient="${SP}/acs"`
  const asked = `InResponseTo="${REQUEST}"`
  return [
    only(
      'recipient-of-another-tenant',
      'saml.recipient_mismatch',
      `${asked} ${until} Recipient="https://entente.example/saml/other/okta/acs"`,
    ),
    only('recipient-with-a-slash', 'saml.recipient_mismatch', `${asked} ${until} Recipient="${SP}/acs/"`),
    only('recipient-missing', 'saml.recipient_mismatch', `${asked} ${until}`),
    only('recipient-empty', 'saml.recipient_mismatch', `${asked} ${until} Recipient=""`),
    only('request-of-another-login', 'saml.request_mismatch', `${here} ${until} InResponseTo="_request-2"`),
    only('request-missing', 'saml.unsolicited', `${here} ${until}`),
    only('expired', 'token.expired', `${here} ${asked} NotOnOrAfter="2026-05-01T11:58:00Z"`),
    only('expired-at-the-bound', 'token.expired', `${here} ${asked} NotOnOrAfter="2026-05-01T11:59:00Z"`),
    only('without-an-end', 'saml.time_invalid', `${here} ${asked}`),
    only('end-is-no-time', 'saml.time_invalid', `${here} ${asked} NotOnOrAfter="tomorrow"`),
    only('not-yet', 'token.not_yet_valid', `${here} ${asked} ${until} NotBefore="2026-05-01T12:02:00Z"`),
    only('holder-of-key', 'saml.confirmation_missing', `${here} ${asked} ${until}`, 'holder-of-key'),
    only('sender-vouches', 'saml.confirmation_missing', `${here} ${asked} ${until}`, 'sender-vouches'),
    bad('confirmation.none', 'saml.confirmation_missing', { confirmations: '' }),
    bad('confirmation.without-data', 'saml.recipient_mismatch', { confirmations: confirmation('') }),
    bad('confirmation.halves-of-two', 'saml.confirmation_missing', {
      confirmations:
        confirmation(confirmationData(`${asked} ${until} Recipient="https://evil.example/"`)) +
        confirmation(confirmationData(`${here} ${until} InResponseTo="_request-2"`)),
    }),
  ]
}

function restricted(bad: Bad): BadCase[] {
  const audienced = (name: string, content: string) =>
    bad(`audience.${name}`, 'audience.mismatch', { conditions: conditions(content) })
  const own = audience(`${SP}/metadata`)
  const conditioned = (name: string, content: string, code = 'saml.condition_unknown') =>
    bad(`conditions.${name}`, code, { conditions: conditions(own + content) })
  return [
    audienced('of-another-tenant', audience('https://entente.example/saml/other/okta/metadata')),
    audienced('of-another-provider', audience('https://entente.example/saml/acme/entra/metadata')),
    audienced('none', ''),
    audienced('empty', audience('')),
    audienced('restriction-without-audiences', audience()),
    audienced('with-a-slash', audience(`${SP}/metadata/`)),
    audienced('the-acs', audience(`${SP}/acs`)),
    audienced('a-prefix', audience(SP)),
    audienced('in-capitals', audience(`${SP}/metadata`.toUpperCase())),
    audienced('with-white-space', audience(` ${SP}/metadata `)),
    audienced('second-restriction-not-met', own + audience('https://other.example')),
    bad('audience.no-conditions', 'audience.mismatch', { conditions: '' }),
    conditioned(
      'of-an-unknown-type',
      '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:e="urn:evil" xsi:type="e:OnlyOnSundays"></saml:Condition>',
    ),
    conditioned('of-another-namespace', '<e:Condition xmlns:e="urn:evil"></e:Condition>'),
    conditioned('one-time-use-twice', '<saml:OneTimeUse></saml:OneTimeUse><saml:OneTimeUse></saml:OneTimeUse>'),
    conditioned('no-proxies', '<saml:ProxyRestriction Count="0"></saml:ProxyRestriction>', 'saml.proxy_refused'),
    conditioned(
      'proxies-for-others',
      '<saml:ProxyRestriction Count="1"><saml:Audience>https://other.example</saml:Audience></saml:ProxyRestriction>',
      'saml.proxy_refused',
    ),
  ]
}

function timed(bad: Bad): BadCase[] {
  const own = audience(`${SP}/metadata`)
  const timed = (name: string, code: string, attributes: string) =>
    bad(`time.${name}`, code, { conditions: conditions(own, attributes) })
  const issued = (instant: string) => ({ assertionAttributes: `ID="_assertion-1" Version="2.0" ${instant}` })
  const responded = (instant: string) => ({
    responseAttributes: `ID="${RESPONSE_ID}" Version="2.0" ${instant} Destination="${SP}/acs" InResponseTo="${REQUEST}"`,
  })
  const invalid = (name: string, text: string) => timed(name, 'saml.time_invalid', `NotOnOrAfter="${text}"`)
  return [
    timed('expired', 'token.expired', 'NotOnOrAfter="2026-05-01T11:58:59Z"'),
    timed('expired-at-the-bound', 'token.expired', 'NotOnOrAfter="2026-05-01T11:59:00Z"'),
    timed('years-ago', 'token.expired', 'NotBefore="2016-05-01T11:00:00Z" NotOnOrAfter="2016-05-01T12:00:00Z"'),
    timed('not-yet', 'token.not_yet_valid', 'NotBefore="2026-05-01T12:01:01Z" NotOnOrAfter="2026-05-01T12:05:00Z"'),
    invalid('30th-of-february', '2027-02-30T12:00:00Z'),
    invalid('25th-hour', '2027-05-01T25:00:00Z'),
    invalid('with-an-offset', '2026-05-01T14:05:00+02:00'),
    invalid('without-a-zone', '2026-05-01T12:05:00'),
    invalid('a-date-only', '2027-05-01'),
    invalid('a-number', '1900000000'),
    invalid('empty', ''),
    bad('time.issued-in-the-future', 'token.not_yet_valid', issued('IssueInstant="2026-05-01T12:01:01Z"')),
    bad('time.issued-never', 'saml.time_invalid', issued('')),
    bad('time.response-issued-in-the-future', 'token.not_yet_valid', responded('IssueInstant="2026-05-01T13:00:00Z"')),
    bad('time.response-issued-never', 'saml.time_invalid', responded('')),
    bad('time.good-for-three-days', 'saml.lifetime_too_long', {
      conditions: conditions(own, ''),
      confirmations: confirmation(
        confirmationData(`InResponseTo="${REQUEST}" Recipient="${SP}/acs" NotOnOrAfter="2026-05-04T12:00:00Z"`),
      ),
    }),
  ]
}

function stated(bad: Bad): BadCase[] {
  const instant = 'AuthnInstant="2026-05-01T11:59:30Z"'
  const malformed = 'saml.assertion_malformed'
  const named = (name: string, value: string) =>
    bad(`name-id.${name}`, 'saml.name_id_invalid', { nameId: nameId(value) })
  return [
    bad('authentication.none', 'saml.authn_statement_missing', { authnStatement: '' }),
    bad('authentication.two', 'saml.authn_statement_missing', { authnStatement: authnStatement() + authnStatement() }),
    bad('authentication.without-a-context', malformed, { authnStatement: authnStatement(undefined, '') }),
    bad('authentication.two-classes', malformed, {
      authnStatement: authnStatement(undefined, authnContext() + authnContext('Password')),
    }),
    bad('authentication.in-the-future', 'token.not_yet_valid', {
      authnStatement: authnStatement('AuthnInstant="2026-05-01T12:01:01Z"'),
    }),
    bad('authentication.without-a-time', 'saml.time_invalid', { authnStatement: authnStatement('SessionIndex="_s"') }),
    bad('authentication.session-ended', 'saml.session_ended', {
      authnStatement: authnStatement(`${instant} SessionNotOnOrAfter="2026-05-01T11:59:00Z"`),
    }),
    bad('authentication.session-end-is-no-time', 'saml.time_invalid', {
      authnStatement: authnStatement(`${instant} SessionNotOnOrAfter="never"`),
    }),
    bad('subject.none', malformed, { subject: '' }),
    bad('subject.two', malformed, { subject: subject(nameId(MALLORY) + confirmation()).repeat(2) }),
    bad('subject.without-a-name', 'saml.name_id_missing', { nameId: '' }),
    bad('subject.two-names', malformed, { nameId: nameId(MALLORY) + nameId('victim@corp.example') }),
    bad('subject.base-id', malformed, { nameId: '<saml:BaseID></saml:BaseID>' }),
    bad('subject.name-behind-confirmation', malformed, { subject: subject(confirmation() + nameId(MALLORY)) }),
    bad('subject.text-beside-the-name', malformed, { nameId: `victim@corp.example${nameId(MALLORY)}` }),
    named('empty', ''),
    named('space', ' '),
    named('space-before', ` ${MALLORY}`),
    named('space-behind', `${MALLORY} `),
    named('no-break-space-behind', `${MALLORY}\u{a0}`),
    named('line-feed', `victim@corp.example\n${MALLORY}`),
    named('carriage-return-by-reference', `victim@corp.example&#13;${MALLORY}`),
    named('tab', `victim@corp.example\t${MALLORY}`),
    named('delete', `victim@corp.example\u{7f}`),
    named('next-line', `victim@corp.example\u{85}x`),
    named('line-separator', `victim@corp.example\u{2028}x`),
    named('256-bytes', 'x'.repeat(256)),
    named('256-bytes-of-128-letters', '\u{e9}'.repeat(128)),
    bad('name-id.another-format-than-pinned', 'saml.name_id_format', {}, { pinnedNameIdFormat: PERSISTENT }),
    bad('form.assertion-with-a-foreign-element', malformed, { advice: '<saml:Advise></saml:Advise>' }),
    bad('form.conditions-behind-statements', malformed, {
      conditions: '',
      attributes: attributeStatement(attribute('a', 'b')) + conditions(),
    }),
  ]
}
