/** One of every page, for tests and screenshots: `t` makes each text that comes from outside. */
import { chooserPage } from '../chooser.ts'
import { continuePage } from '../continue.ts'
import { errorPage } from '../error.ts'
import type { Page, View } from '../frame/page.ts'
import { signInPage } from '../sign-in.ts'

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
    error: errorPage({
      ...view,
      error: 'unverified',
      decision: t(DECISION),
      again: '/sign-in/b0d2f1',
      back: { app: t('Payroll'), href: 'https://payroll.example/' },
    }),
    'error-plain': errorPage({ ...view, error: 'notFound', decision: null, again: null, back: null }),
    continue: continuePage({
      ...view,
      action: 'https://idp.acme.example/saml/sso',
      fields: { SAMLRequest: t('PHNhbWxwOkF1dGhuUmVxdWVzdD4='), RelayState: t('3f9a') },
      to: t('Acme ADFS'),
    }),
  }
}
