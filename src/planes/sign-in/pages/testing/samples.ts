/** One of every page, for tests and screenshots: `t` makes each text that comes from outside. */
import { beginAtAppPage } from '../begin-at-app.ts'
import { chooserPage } from '../chooser.ts'
import { consentPage } from '../consent.ts'
import { continuePage } from '../continue.ts'
import { deviceCodePage, deviceConfirmPage, deviceDonePage } from '../device.ts'
import { errorPage } from '../error.ts'
import type { Page, View } from '../frame/page.ts'
import { loggedOutPage, logoutPage, stillSignedInPage } from '../logout.ts'
import { sessionsPage } from '../sessions.ts'
import { signInPage } from '../sign-in.ts'
import { stepUpDonePage } from '../step-up-done.ts'
import { testResultPage } from '../test-result.ts'

export type Samples = Readonly<Record<string, Page>>

export const DECISION = '01920f5e-7c4a-7cc3-9d0e-5a2b8f6c1d34'

/** Every page, with `t` around each text from outside. */
export function samplesOf(view: View, t: (text: string) => string): Samples {
  const hidden = { interaction: t('b0d2f1'), csrf: t('a1c9') }
  const action = '/sign-in/b0d2f1'
  const signIn = { ...view, action, hidden, app: t('Payroll'), identifier: null, problem: null, notice: null }
  const mail = t('anna@acme.example')
  return {
    'sign-in': signInPage({ ...signIn, back: 'https://payroll.example/' }),
    'sign-in-problem': signInPage({ ...signIn, identifier: mail, problem: 'unknown', notice: 'stronger', back: null }),
    chooser: chooserPage({
      ...view,
      action,
      hidden,
      app: t('Payroll'),
      identifier: mail,
      choices: [
        { value: t('acme/okta'), name: t('Okta'), detail: t('Acme Europe') },
        { value: t('acme/entra'), name: t('Microsoft Entra ID'), detail: t('Acme America') },
        { value: t('umbrella/adfs'), name: t('Umbrella Staff'), detail: null },
      ],
      other: '/sign-in/b0d2f1?again',
    }),
    'step-up-done': stepUpDonePage({ ...view, reason: t('Send 12 000 EUR') }),
    error: errorPage({
      ...view,
      error: 'unverified',
      decision: t(DECISION),
      again: '/sign-in/b0d2f1',
      back: { app: t('Payroll'), href: 'https://payroll.example/' },
    }),
    'error-plain': errorPage({ ...view, error: 'notFound', decision: null, again: null, back: null }),
    'error-detail': errorPage({
      ...view,
      error: 'app',
      decision: null,
      again: null,
      back: null,
      detail: t('invalid_request: redirect_uri is none of those that are registered'),
    }),
    continue: continuePage({
      ...view,
      action: 'https://idp.acme.example/saml/sso',
      fields: { SAMLRequest: t('PHNhbWxwOkF1dGhuUmVxdWVzdD4='), RelayState: t('3f9a') },
      to: t('Acme ADFS'),
    }),
    'begin-at-app': beginAtAppPage({
      ...view,
      provider: t('Acme ADFS'),
      apps: [{ name: t('Payroll'), href: 'https://payroll.example/login?iss=x' }],
    }),
    'begin-at-no-app': beginAtAppPage({ ...view, provider: t('Acme ADFS'), apps: [] }),
    ...others(view, t),
  }
}

function others(view: View, t: (text: string) => string): Samples {
  const form = { ...view, action: '/oauth2/device', hidden: { xsrf: t('5f2c') } }
  const at = (hour: number) => new Date(Date.UTC(2026, 1, 3, hour, 5))
  const session = { lastSeenAt: at(12), endsAt: at(20) }
  return {
    logout: logoutPage({ ...form, action: '/oauth2/logout/confirm' }),
    'logged-out': loggedOutPage({ ...view, isUpstreamOpen: true, again: '/' }),
    'still-signed-in': stillSignedInPage(view),
    'device-code': deviceCodePage({ ...form, userCode: null, problem: null }),
    'device-code-problem': deviceCodePage({ ...form, userCode: t('BCDF-GHJX'), problem: 'unknown' }),
    'device-confirm': deviceConfirmPage({ ...form, app: t('Acme command line'), userCode: t('BCDF-GHJK') }),
    'device-done': deviceDonePage(view),
    consent: consentPage({
      ...form,
      action: '/sign-in/b0d2f1/consent',
      app: t('Timesheets'),
      person: t('anna@acme.example'),
      scopes: ['openid', 'profile', 'email', 'groups', 'offline_access', t('invoices.read')],
    }),
    sessions: sessionsPage({
      ...form,
      action: '/sign-in/sessions',
      sessions: [
        { ...session, id: t('1'), provider: t('Okta'), beganAt: at(8), isCurrent: true },
        { ...session, id: t('2'), provider: t('Microsoft Entra ID'), beganAt: at(7), isCurrent: false },
      ],
    }),
    'test-refused': testResultPage({ ...view, of: 'sign-in', ...tested(t), refusedBy: t('condition.false') }),
    'test-proof': testResultPage({ ...view, of: 'step-up', ...tested(t), refusedBy: t('step_up.level_unmet') }),
    'test-granted': testResultPage({
      ...view,
      of: 'sign-in',
      ...{ provider: t('Okta'), refusedBy: null, decision: null, claims: null, mapped: null, condition: null },
      ...{ isOpen: true, person: null },
      ...{ mappers: [], rungs: [{ name: 'provider', outcome: 'passed' }] },
    }),
  }
}

function tested(t: (text: string) => string) {
  return {
    provider: t('Okta'),
    isOpen: false,
    decision: t(DECISION),
    person: {
      how: 'linked',
      id: t('anna'),
      uid: t('01920f5e-7c4a-7cc3-9d0e-5a2b8f6c1d35'),
      email: t('anna@acme.example'),
      displayName: t('Anna Berg'),
      username: null,
      groups: [t('/finance'), t('/staff')],
      roleIds: [t('finance')],
    },
    claims: {
      iss: t('https://acme.okta.example'),
      sub: t('00u1a2b3c4'),
      email: t('anna@acme.example'),
      email_verified: true,
      groups: [t('Everyone'), t('Finance')],
    },
    mapped: { 'google.subject': t('00u1a2b3c4'), 'google.groups': [t('Everyone'), t('Finance')] },
    condition: {
      expression: t(`assertion.email_verified && 'Payroll' in assertion.groups`),
      verdict: 'false',
      parts: [
        { text: t('assertion.email_verified'), value: 'true', reads: [] },
        {
          text: t(`'Payroll' in assertion.groups`),
          value: 'false',
          reads: [{ text: 'assertion.groups', value: t('["Everyone","Finance"]') }],
          differs: true,
        },
      ],
    },
    mappers: [
      { name: t('Finance people'), type: 'oidc-role-idp-mapper', did: 'granted', detail: t('role finance') },
      { name: t('Department'), type: 'oidc-user-attribute-idp-mapper', did: 'skipped', detail: t('no claim matches') },
    ],
    rungs: [
      { name: 'provider', outcome: 'passed' },
      { name: 'signature', outcome: 'passed', actual: t('kid 2026-02') },
      { name: 'audience', outcome: 'passed', expected: t('0oa9'), actual: t('0oa9') },
      { name: 'condition', outcome: 'failed', code: 'condition.false' },
      { name: 'link', outcome: 'skipped' },
    ],
  } as const
}
