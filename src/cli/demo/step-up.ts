/** Somebody who came in already proves it again, at Entra's authentication contexts; and once more, where Entra says less. */
import type { SimulatedLogin } from '../../../simulators/people/simulated-login.ts'
import { at, textAt } from './api.ts'
import { openBrowser } from './browser.ts'
import { decisionOf } from './explained.ts'
import type { PeopleStage } from './people.ts'
import type { Printer } from './print.ts'

const MANIFESTS = '/apis/entente.dev/v1/namespaces/default'
const REASON = 'send 12 000 EUR to Muster GmbH'
/** The simulators lead nowhere else than back to us. */
const NOWHERE = 'https://nowhere.invalid/'

export async function showStepUp(print: Printer, stage: PeopleStage): Promise<void> {
  const entra = stage.logins.find(({ name }) => name === 'entra')
  if (entra === undefined) throw new Error('nobody plays Entra')
  const bob = await bobOf(stage, String(entra.registration.alias))
  const made = await stage.operator.call('POST', '/api/v1/step-up/providers', {
    displayName: 'Entra contexts',
    clientId: 'entente',
    clientSecret: String(at(entra.registration, 'oidc_config', 'client_secret')),
    microsoft: {
      tenant: bob.tenant,
      conditionalAccessIds: ['C1'],
      validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS',
    },
  })
  print.held(made.status === 200, 'step-up provider', 'Entra, whose authentication context c1 has to be met')
  entra.cast.choose('bob')
  const { status, ended } = await prove(stage, bob.name)
  print.held(at(status, 'state') === 'verified', 'proved', `bob, before he may ${REASON}`)
  print.detail('  claims kept', Object.keys(Object(at(status, 'claims'))).join(' '))
  print.detail('  browser', `${ended.hosts.join(' → ')}, ${ended.page?.status}`)
  await showLie(print, stage, entra, bob.name)
}

async function showLie(print: Printer, stage: PeopleStage, entra: SimulatedLogin, person: string): Promise<void> {
  await entra.fail('missing-acrs')
  const { status, ended } = await prove(stage, person)
  entra.mend()
  const id = ended.page?.headers.get('entente-decision') ?? ''
  const { code, rungs } = await decisionOf(stage.operator, id)
  print.line()
  print.held(
    at(status, 'state') === 'error' && code === 'step_up.context_missing',
    'not proved',
    'Entra signs him in, and says nothing of the context',
  )
  print.detail('inside', print.paint.yellow(String(code)))
  print.ladder(rungs)
}

async function prove({ operator, logins, caPem }: PeopleStage, person: string) {
  const transaction = await operator.call('POST', `${MANIFESTS}/stepuptransactions`, {
    apiVersion: 'entente.dev/v1',
    kind: 'StepUpTransaction',
    metadata: {},
    spec: { person, reason: REASON, provider: 'entra-contexts' },
  })
  const connectTo = logins.map((one) => one.connectTo).join(',')
  const ended = await openBrowser({ connectTo, caPem, until: NOWHERE })(textAt(transaction, 'status', 'redirectUrl'))
  const after = await operator.call('GET', `${MANIFESTS}/stepuptransactions/${textAt(transaction, 'metadata', 'name')}`)
  return { status: at(after.body, 'status'), ended }
}

/** Bob came in through Entra a moment ago, so he is linked to his account there: tenant and object. */
async function bobOf({ operator }: PeopleStage, provider: string) {
  const { body } = await operator.call('GET', `${MANIFESTS}/persons`)
  const items = at(body, 'items')
  for (const person of Array.isArray(items) ? items : []) {
    const links = at(person, 'spec', 'links')
    const link = Array.isArray(links) ? links.find((one) => at(one, 'provider') === provider) : undefined
    if (link !== undefined) {
      const [tenant = ''] = String(at(link, 'subject')).split('/')
      return { name: String(at(person, 'metadata', 'name')), tenant }
    }
  }
  throw new Error('nobody came in through Entra')
}
