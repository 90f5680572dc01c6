/** One provider of each source page, registered through the page's own face and read back through the others. */
import { type Answer, type Api, at } from './api.ts'
import type { Printer } from './print.ts'

/** The simulated company login that all of them point to: `https://…`, reached by discovery. */
export interface CompanyLogin {
  readonly issuer: string
  /** How often its discovery document was asked for. */
  discoveries(): number
}

interface Registered {
  readonly face: string
  readonly what: string
  readonly create: { readonly method: string; readonly path: string; readonly body: unknown; readonly status: number }
  /** Where the record is seen, and the value that proves it is the same one. */
  readonly seen: readonly {
    readonly face: string
    readonly path: string
    readonly member: readonly string[]
    readonly value: string
  }[]
}

const IAM = '/v1/regions/global/iam/providers'
const IDENTITY = '/api/identity-providers'
const MANIFESTS = '/apis/entente.dev/v1/namespaces/default'

const SECRET = 'demo-secret-that-nobody-is-shown-again'

/** The providers of the four pages besides workload-federation, whose own the story has made already. */
function providersOf({ issuer }: CompanyLogin): readonly Registered[] {
  const inIam = (id: string) => ({
    face: 'iam-providers',
    path: `${IAM}/${id}`,
    member: ['oidcConfig', 'discoveryUrl'],
    value: `${issuer}/.well-known/openid-configuration`,
  })
  const inIdentity = (id: string) => ({
    face: 'identity-providers',
    path: `${IDENTITY}/${id}`,
    member: ['config', 'issuer'],
    value: issuer,
  })
  const inManifests = (id: string) => ({
    face: 'manifests',
    path: `${MANIFESTS}/workforceidentityproviders/${id}`,
    member: ['spec', 'oidc', 'issuerUri'],
    value: issuer,
  })
  return [
    {
      face: 'iam-providers',
      what: 'Customer A OIDC, by its discovery document',
      create: {
        method: 'POST',
        path: IAM,
        status: 201,
        body: {
          id: 'customer-a',
          displayName: 'Customer A OIDC',
          tenantDomain: 'customer-a.example',
          oidcConfig: {
            discoveryUrl: `${issuer}/.well-known/openid-configuration`,
            clientId: 'entente',
            clientSecret: SECRET,
          },
          enabled: true,
        },
      },
      seen: [inIdentity('customer-a'), inManifests('customer-a')],
    },
    {
      face: 'identity-providers',
      what: 'Customer B, with a mapper that makes admins of a group',
      create: {
        method: 'POST',
        path: IDENTITY,
        status: 201,
        body: {
          alias: 'customer-b',
          display_name: 'Customer B',
          provider_id: 'oidc',
          known_provider: 'custom_oidc',
          oidc_config: { issuer, client_id: 'entente', client_secret: SECRET, pkce_enabled: true },
          mappers: [
            {
              name: 'admins',
              identity_provider_mapper: 'oidc-role-idp-mapper',
              config: { claim: 'groups', 'claim.value': 'platform-admins', role: 'admin' },
            },
          ],
        },
      },
      seen: [inIam('customer-b'), inManifests('customer-b')],
    },
    {
      face: 'manifests',
      what: 'WorkforceIdentityProvider, with a mapping and a condition in CEL',
      create: {
        method: 'PUT',
        path: `${MANIFESTS}/workforceidentityproviders/employees`,
        status: 201,
        body: {
          apiVersion: 'entente.dev/v1',
          kind: 'WorkforceIdentityProvider',
          metadata: { name: 'employees' },
          spec: {
            description: 'People of the company.',
            attributeMapping: [
              { key: 'google.subject', value: 'assertion.sub' },
              { key: 'google.groups', value: 'assertion.groups' },
            ],
            attributeCondition: '"staff" in google.groups',
            oidc: {
              issuerUri: issuer,
              clientId: 'entente',
              webSsoConfig: { responseType: 'CODE', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS' },
            },
          },
        },
      },
      seen: [inIam('employees'), inIdentity('employees')],
    },
    {
      face: 'step-up',
      what: 'a provider of stronger proof, by RFC 9470',
      create: {
        method: 'POST',
        path: '/api/v1/step-up/providers',
        status: 200,
        body: {
          displayName: 'Strong login',
          issuerUrl: issuer,
          clientId: 'entente',
          clientSecret: SECRET,
          oauth2: { acrValues: ['phr'] },
        },
      },
      seen: [
        {
          face: 'manifests',
          path: `${MANIFESTS}/stepupproviders/strong-login`,
          member: ['spec', 'issuerUrl'],
          value: issuer,
        },
      ],
    },
  ]
}

/** Registers all of them; each sentence is checked. `workloadId` is the GitHub provider that the story has made. */
export async function showFiveFaces(
  print: Printer,
  operator: Api,
  login: CompanyLogin,
  workload: { readonly id: string; readonly issuer: string },
): Promise<void> {
  const path = `${MANIFESTS}/workloadproviders/${workload.id}`
  const native = await operator.call('GET', path)
  print.held(
    at(native.body, 'spec', 'issuer') === workload.issuer,
    'workload-federation',
    'GitHub, from the chapter above',
  )
  print.detail('  seen in', 'manifests')
  for (const one of providersOf(login)) await showOne(print, operator, one)
  print.held(login.discoveries() > 0, 'discovery', `${login.issuer} was asked before anything was stored`)
  const apart = await operator.call('GET', `${IAM}/${workload.id}`)
  print.held(apart.status === 404, 'kept apart', 'a workload provider is not there for a face of people')
}

async function showOne(print: Printer, operator: Api, { face, what, create, seen }: Registered): Promise<void> {
  const made = await operator.call(create.method, create.path, create.body)
  const answers = [made, ...(await Promise.all(seen.map(({ path }) => operator.call('GET', path))))]
  const isSeen = seen.every(({ member, value }, index) => at(answers[index + 1]?.body, ...member) === value)
  const isSilent = answers.every((answer) => !textOf(answer).includes(SECRET))
  print.held(made.status === create.status && isSeen && isSilent, face, what)
  print.detail('  seen in', seen.map((one) => one.face).join(', '))
  if (made.status !== create.status || !isSeen) print.detail('  answered', answers.map(textOf).join(' ').slice(0, 600))
}

function textOf({ status, body }: Answer): string {
  return `${status} ${JSON.stringify(body)}`
}
