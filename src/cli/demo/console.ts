/** The console of a demo that is left running: a company whose login a real browser reaches, and whose people have every role. */
import type { CertificateAuthority } from '../../../simulators/certificates.ts'
import { okta } from '../../../simulators/people/okta.ts'
import type { Person } from '../../../simulators/people/person.ts'
import type { SimulatedLogin } from '../../../simulators/people/simulated-login.ts'
import type { Api } from './api.ts'
import type { Printer } from './print.ts'
import { freePort } from './server-process.ts'

const DOMAIN = 'demo.example'

/** Role → who has it, by a group at the company. */
const PEOPLE = { admin: 'Ada Admin', viewer: 'Vera Viewer', operator: 'Otto Operator' } as const

function personOf(role: string, name: string): Person {
  const login = name.split(' ', 1)[0]?.toLowerCase() ?? role
  return { login, name, email: `${login}@${DOMAIN}`, isEmailVerified: true, groups: [groupOf(role)], company: 'Demo' }
}

function groupOf(role: string): string {
  return `entente-${role}s`
}

/** Over plain http, since a browser knows nothing of the simulators' authority; asks nobody for a password. */
export async function startCompany(authority: CertificateAuthority): Promise<SimulatedLogin> {
  const port = await freePort()
  const people = Object.entries(PEOPLE).map(([role, name]) => personOf(role, name))
  return await okta.start({ authority, port, issuer: `http://localhost:${port}`, people, now: () => new Date() })
}

/** Registers the company, its proof of a second factor, and what it is asked for. An error quotes what was refused. */
export async function welcomeCompany(operator: Api, { registration, issuer }: SimulatedLogin): Promise<void> {
  const call = async (method: string, path: string, body: unknown) => {
    const { status, body: answer } = await operator.call(method, path, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`)
  }
  const { oidc_config: settings, known_provider: _, ...usual } = registration
  await call('POST', '/api/identity-providers', {
    ...usual,
    alias: 'demo-company',
    display_name: 'Demo company',
    domains: [DOMAIN],
    oidc_config: { ...Object(settings), default_scope: 'openid profile email groups' },
    mappers: Object.keys(PEOPLE).map((role) => ({
      name: groupOf(role),
      identity_provider_mapper: 'oidc-role-idp-mapper',
      config: { claim: 'groups', 'claim.value': groupOf(role), role },
    })),
  })
  await call('POST', '/api/v1/step-up/providers', {
    displayName: 'Demo second factor',
    issuerUrl: issuer,
    clientId: Object(settings).client_id,
    clientSecret: Object(settings).client_secret,
    oauth2: { acrValues: ['phr'] },
  })
  const levels = [{ level: 'urn:entente:acr:2fa', provider: 'demo-second-factor', values: ['phr'] }]
  const stepUpFor = ['provider.delete', 'signing_key.rotate']
  await call('PATCH', '/apis/entente.dev/v1/organizations/default', { spec: { levels, stepUpFor } })
}

/** Says where the console is and how to come in. */
export function inviteToConsole(print: Printer, url: string, operatorTokenFile: string): void {
  print.line(`  ${print.paint.dim('# the console, in your browser')}`)
  print.line(`  ${url}/console/`)
  for (const [role, name] of Object.entries(PEOPLE))
    print.line(`    sign in as ${personOf(role, name).email.padEnd(20)} role ${role}; no password is asked for`)
  print.line(`    or with the operator token: cat ${operatorTokenFile}`)
  print.line('    Deleting a provider, or replacing a signing key, asks people for a second factor first.')
}
